"""`python -m tests.bench.diagnosis`: how often the diagnosis is right on seeds new to it."""

import argparse

from tests.engine.test_diagnosis import HEALTHY, ILL, applied, run


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--seeds", type=int, nargs=2, default=[100, 120], metavar=("FROM", "TO"))
    seeds = range(*parser.parse_args().seeds)
    print("| run | seeds | judged rightly | otherwise |\n|---|---|---|---|")
    for name, lesson in HEALTHY.items():
        alarms = {seed: [f.kind for f in run(lesson(seed))[0]] for seed in seeds}
        wrong = {seed: kinds for seed, kinds in alarms.items() if kinds}
        print(f"| healthy: {name} | {len(seeds)} | {len(seeds) - len(wrong)} | {wrong or ''} |")
    for name, (kind, lesson) in ILL.items():
        wrong = {seed: said for seed in seeds if (said := fault(kind, lesson(seed)))}
        print(f"| ill: {name} | {len(seeds)} | {len(seeds) - len(wrong)} | {wrong or ''} |")


def fault(kind: str, lesson: object) -> str:
    """Whether an ill run is missed, or found again after its change; "" if it is mended."""
    finding = next((f for f in run(lesson)[0] if f.kind == kind), None)  # type: ignore[arg-type]
    if finding is None:
        return "missed"
    after, _ = run(applied(lesson, finding))  # type: ignore[arg-type]
    return "not mended" if kind in [f.kind for f in after] else ""


if __name__ == "__main__":
    main()
