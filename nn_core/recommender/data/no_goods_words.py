"""Words by which shops name lines that are no goods, in English, German, French, Spanish, Chinese.

Written without accents and capitals. A bag (carrier bag, Tragetasche) is not among them: shops sell
bags.
"""

from __future__ import annotations

SURE: dict[str, str] = {
    "postage": """
        postage; postage packing; shipping; shipping handling; delivery; freight; courier; p p; s h;
        postage cost; postage costs; shipping cost; shipping costs; delivery cost; shipping rate;
        delivery charge; delivery charges; shipping charge; shipping charges; carriage charge;
        next day carriage; postal charges; postal charge; shipment;
        shipping insurance; return shipping;
        versand; versandkosten; versandkostenpauschale; versandpauschale; versandgebuhr; fracht;
        frachtkosten; portokosten; lieferkosten; liefergebuhr; lieferpauschale; versand verpackung;
        verpackung versand; porto verpackung; verpackungskosten; zustellgebuhr; expressversand;
        frais de port; frais port; frais de livraison; frais livraison; frais d envoi; livraison;
        frais d expedition; expedition; affranchissement; port emballage; frais de transport;
        gastos de envio; gastos envio; envio; coste de envio; costes de envio; costo de envio;
        gastos de transporte; franqueo; flete; portes pagados; gastos de franqueo;
        运费; 邮费; 快递费; 快递; 配送费; 物流费; 包邮; 送货费;
        運費; 郵費; 快遞費; 配送費; 物流費""",
    "fee": """
        fee; fees; commission; commissions; bank charge; bank charges; bank fee; handling fee;
        service charge; surcharge; card fee; transaction fee; processing fee; handling charge;
        card charge; late fee; restocking fee; payment fee; admin fee; administration fee;
        gebuhr; gebuhren; bankgebuhr; bankgebuhren; bearbeitungsgebuhr; zahlungsgebuhr; provision;
        nachnahmegebuhr; mahngebuhr; servicegebuhr; kontofuhrung; mindermengenzuschlag; zuschlag;
        frais bancaires; frais de dossier; frais de gestion; frais de service; frais de commission;
        gastos bancarios; comision; comisiones; gastos de gestion; recargo; cargo por servicio;
        手续费; 服务费; 佣金; 手續費; 服務費; 银行手续费; 平台服务费""",
    "discount": """
        discount; discounts; rebate; coupon; coupons; promo code; discount code; price reduction;
        rabatt; rabatte; preisnachlass; nachlass; skonto; mengenrabatt; gutscheincode;
        remise; reduction; rabais; ristourne; code promo; bon de reduction;
        descuento; descuentos; rebaja; cupon; cupones; codigo promocional;
        折扣; 优惠; 优惠券; 代金券; 满减; 優惠; 優惠券; 折价券""",
    "voucher": """
        voucher; vouchers; gift voucher; gift vouchers; gift card; gift cards; giftcard; egift card;
        gift certificate; gift certificates; e gift card; store credit;
        gutschein; gutscheine; geschenkgutschein; geschenkkarte; wertgutschein; einkaufsgutschein;
        bon d achat; bons d achat; carte cadeau; cartes cadeaux; cheque cadeau; cheques cadeaux;
        vale regalo; vales regalo; tarjeta regalo; tarjeta de regalo; bono regalo; cheque regalo;
        礼品卡; 购物卡; 储值卡; 充值卡; 礼券; 禮品卡; 禮券""",
    "adjustment": """
        adjustment; adjustments; manual adjustment; bad debt; write off; refund; refunds; rounding;
        price adjustment; stock adjustment; manual correction; balance correction; credit note;
        korrektur; storno; gutschrift; rundung; ruckerstattung; preiskorrektur; ausbuchung;
        regularisation; ajustement; remboursement; arrondi; avoir client; ecart de caisse;
        ajuste; ajustes; reembolso; redondeo; correccion manual; nota de credito;
        补差价; 差价; 补款; 退款; 调整; 补差; 補差價; 差價; 補差; 差价补拍""",
    "sample": """
        free sample; free samples; test product; test item; test order; dummy product; test artikel;
        testartikel; testprodukt; warenprobe; gratisprobe; echantillon gratuit; produit test;
        producto de prueba; muestra gratis; 测试商品; 测试; 試用裝; 試用装""",
    "tip": """
        gratuity; tips gratuity; donation; donations; charity donation; trinkgeld; spende; spenden;
        pourboire; don caritatif; propina; donacion; donativo; 小费; 捐款; 小費""",
    "deposit": """
        bottle deposit; bottle deposits; container deposit; can deposit; crate deposit; crv;
        pfand; leergut; flaschenpfand; dosenpfand; einwegpfand; mehrwegpfand; pfandruckgabe;
        pfandartikel; consigne; consignes; deposito envase; deposito envases; 押金; 瓶子押金""",
    "tax": """
        sales tax; vat; tax; mehrwertsteuer; mwst; umsatzsteuer; tva; iva; 税费; 稅費""",
}  # fmt: skip
"""kind -> phrases that need no second sign where they are the whole name."""

DOUBTFUL: dict[str, str] = {
    "postage": "carriage; handling; post; porto; port; portes; transport; transporte; packing",
    "fee": "charge; charges; frais; gastos; kosten",
    "adjustment": "manual; adjust; correction; correccion; manuell; manuel; misc; sundry; diverse",
    "sample": "sample; samples; test; tests; muster; probe; proben; echantillon; muestra; muestras",
    "tip": "tip; tips",
    "deposit": "deposit; deposits; deposito; kaution; caution",
    "voucher": "bon; vale; credit",
}
"""The same, but goods can be called so too: an odd code or wild prices must say it as well."""

ENDS = "gift voucher; gift vouchers; gift certificate; gift certificates; geschenkgutschein"
"""Phrases that suffice at the end of a longer name, which there is the shop's or the sum's."""

BESIDE = """
    and und et y e of the on to for per a an de del la le les los las du des d der die das fur mit
    pour para por con avec with plus inkl incl zzgl inclusive including from au aux al
    uk eu eur euro euros usd gbp us usa chf international national domestic inland ausland france
    deutschland espana england standard express economy priority tracked signed next same day
    overnight free gratis kostenlos gratuit gratuite extra additional flat rate worldwide
    dhl ups dpd gls hermes fedex usps tnt royal mail colissimo chronopost correos seur mrw
    dotcom amazon ebay paypal etsy shopify stripe klarna visa mastercard online shop store
    order orders total customer service services pauschale percent prozent pct no nr
"""
"""Words that may stand beside such a phrase in its name."""
