"""The names that shops give their columns, in the languages we meet most."""

# Compared without case, blanks and punctuation. Earlier names are better matches.
EXACT: dict[str, tuple[str, ...]] = {
    role: tuple(words.split())
    for role, words in {
        "customer": """
            customer customerid user userid client clientid household householdid member
            memberid buyer buyerid account accountid cardid uid person kunde kundennummer
            kundenid kundennr käufer 会员 会员id 会员编号 客户 客户id 客户编号 顾客 顾客id 用户
            用户id 买家 cliente idcliente clientes idclient acheteur comprador usuario
            utilisateur shopper visitor visitorid email
        """,
        "order": """
            order orderid orderno ordernumber invoice invoiceno invoiceid basket basketid
            transaction transactionid receipt receiptid ticket bill billno bestellung
            bestellnummer rechnung rechnungsnummer auftrag bon 订单 订单号 订单编号 小票 pedido
            idpedido factura commande facture session sessionid
        """,
        "time": """
            time date datetime timestamp invoicedate orderdate purchasedate day
            transactiontimestamp transactiondate createdat datum zeit bestelldatum
            rechnungsdatum kaufdatum 日期 时间 下单时间 订单日期 购买日期 交易时间 fecha hora
            dateachat datecommande fechapedido
        """,
        "name": """
            name productname itemname description productdescription title producttitle
            bezeichnung artikelname produktname beschreibung 商品名称 商品名 产品名称 描述
            descripcion descripción nombre nom libelle libellé désignation désignationproduit
        """,
        "product": """
            productid itemid sku stockcode articleid asin isbn ean gtin upc movieid
            artikelnummer artikelnr produktid 商品id 商品编号 产品id 货号 idproducto idproduit
            référence product item article artikel produkt 商品 产品 producto articulo artículo
            produit
        """,
        "quantity": """
            quantity qty units count pieces menge anzahl stück stückzahl 数量 件数 cantidad
            unidades quantité quantite qté
        """,
        "price": """
            price unitprice priceperunit preis einzelpreis stückpreis 单价 价格 precio
            preciounitario prix prixunitaire
        """,
        "amount": """
            amount total linetotal totalprice revenue sales salesvalue value spend betrag umsatz
            summe gesamtpreis 金额 总价 销售额 importe montant
        """,
        "category": """
            category categoryname categorycode productcategory itemcategory department kategorie
            warengruppe produktgruppe productgroup 类别 分类 品类 商品类别 categoría categoria
            catégorie categorie rubrique
        """,
        "event": """
            event eventtype eventname action actiontype behavior behaviour behaviortype
            behaviourtype interaction interactiontype ereignis aktion 行为 行为类型 evento événement
        """,
        "rating": """
            rating ratings userrating stars score reviewscore bewertung sterne 评分 puntuación
            puntuacion
        """,
    }.items()
}

# Beside a column of ids these hold what the products are called.
CALLED = frozenset(
    "product item article artikel produkt 商品 产品 producto articulo artículo produit".split()
)

# A name that holds one of these (and is no exact match anywhere) may be meant.
STEMS: dict[str, tuple[str, ...]] = {
    role: tuple(words.split())
    for role, words in {
        "customer": """
            customer user client kunde household member 客户 用户 会员
        """,
        "order": """
            order invoice basket transaction bestell rechnung 订单
        """,
        "time": """
            date time datum 日期 时间 fecha
        """,
        "name": """
            productname itemname description bezeichnung 名称
        """,
        "product": """
            product item sku article artikel produkt 商品 产品 stock
        """,
        "quantity": """
            quantity qty menge 数量 cantidad
        """,
        "price": """
            price preis precio prix 价
        """,
        "amount": """
            amount total revenue umsatz 金额
        """,
        "category": "category kategorie 类别",
        "event": "event action behavi 行为",
        "rating": "rating 评分",
    }.items()
}
