/// Perl 5.36: what small programs really printed. `Again` is the same program with its lines moved, in another directory and
/// with other values; `Renamed` has another name for one function. Only the names of directories were changed by hand.
enum PerlGolden {
    /// `Carp::confess`, caught by an `eval` further out.
    static let confess = #"""
        order 4711: no price for 4711 at /home/alice/shop/lib/Shop/Cart.pm line 5.
        	Shop::Cart::price(Shop::Cart=HASH(0x55572b7644b8), 4711) called at /home/alice/shop/lib/Shop/Cart.pm line 4
        	Shop::Cart::total(Shop::Cart=HASH(0x55572b7644b8), 1, 2, 4711) called at /home/alice/shop/lib/Shop/Checkout.pm line 3
        	eval {...} called at /home/alice/shop/lib/Shop/Checkout.pm line 3
        	Shop::Checkout::run("Shop::Checkout", 4711) called at bin/shop.pl line 2
        	main::main(4711) called at bin/shop.pl line 3
        	eval {...} called at bin/shop.pl line 3
        """#
    static let confessAgain = #"""
        order 98012: no price for 98012 at /srv/releases/20240102/shop/lib/Shop/Cart.pm line 7.
        	Shop::Cart::price(Shop::Cart=HASH(0x55b2feded4b8), 98012) called at /srv/releases/20240102/shop/lib/Shop/Cart.pm line 6
        	Shop::Cart::total(Shop::Cart=HASH(0x55b2feded4b8), 1, 2, 98012) called at /srv/releases/20240102/shop/lib/Shop/Checkout.pm line 5
        	eval {...} called at /srv/releases/20240102/shop/lib/Shop/Checkout.pm line 5
        	Shop::Checkout::run("Shop::Checkout", 98012) called at bin/shop.pl line 4
        	main::main(98012) called at bin/shop.pl line 5
        	eval {...} called at bin/shop.pl line 5
        """#
    static let confessRenamed = #"""
        order 4711: no price for 4711 at /home/alice/shop/lib/Shop/Cart.pm line 5.
        	Shop::Cart::cost(Shop::Cart=HASH(0x56391a1064b8), 4711) called at /home/alice/shop/lib/Shop/Cart.pm line 4
        	Shop::Cart::total(Shop::Cart=HASH(0x56391a1064b8), 1, 2, 4711) called at /home/alice/shop/lib/Shop/Checkout.pm line 3
        	eval {...} called at /home/alice/shop/lib/Shop/Checkout.pm line 3
        	Shop::Checkout::run("Shop::Checkout", 4711) called at bin/shop.pl line 2
        	main::main(4711) called at bin/shop.pl line 3
        	eval {...} called at bin/shop.pl line 3
        """#
    /// In an anonymous function.
    static let closure = #"""
        no price for 7 at /home/alice/shop/lib/Shop/Cart.pm line 5.
        	Shop::Cart::price(Shop::Cart=HASH(0x55572b7927e8), 7) called at /home/alice/shop/lib/Shop/Checkout.pm line 4
        	Shop::Checkout::__ANON__(7) called at /home/alice/shop/lib/Shop/Cart.pm line 6
        	Shop::Cart::each_item(Shop::Cart=HASH(0x55572b7927e8), CODE(0x55572b792800), 1, 2, 7) called at /home/alice/shop/lib/Shop/Checkout.pm line 4
        	Shop::Checkout::closure() called at bin/shop.pl line 4
        	eval {...} called at bin/shop.pl line 4
        """#
    static let closureAgain = #"""
        no price for 7 at /srv/releases/20240102/shop/lib/Shop/Cart.pm line 7.
        	Shop::Cart::price(Shop::Cart=HASH(0x55b2fee1b7e8), 7) called at /srv/releases/20240102/shop/lib/Shop/Checkout.pm line 6
        	Shop::Checkout::__ANON__(7) called at /srv/releases/20240102/shop/lib/Shop/Cart.pm line 8
        	Shop::Cart::each_item(Shop::Cart=HASH(0x55b2fee1b7e8), CODE(0x55b2fee1b800), 1, 2, 7) called at /srv/releases/20240102/shop/lib/Shop/Checkout.pm line 6
        	Shop::Checkout::closure() called at bin/shop.pl line 6
        	eval {...} called at bin/shop.pl line 6
        """#
    static let closureRenamed = #"""
        no price for 7 at /home/alice/shop/lib/Shop/Cart.pm line 5.
        	Shop::Cart::cost(Shop::Cart=HASH(0x56391a134908), 7) called at /home/alice/shop/lib/Shop/Checkout.pm line 4
        	Shop::Checkout::__ANON__(7) called at /home/alice/shop/lib/Shop/Cart.pm line 6
        	Shop::Cart::each_item(Shop::Cart=HASH(0x56391a134908), CODE(0x56391a134920), 1, 2, 7) called at /home/alice/shop/lib/Shop/Checkout.pm line 4
        	Shop::Checkout::closure() called at bin/shop.pl line 4
        	eval {...} called at bin/shop.pl line 4
        """#
    /// Below a function of `List::Util`.
    static let listUtil = #"""
        no price for 9 at /home/alice/shop/lib/Shop/Cart.pm line 5.
        	Shop::Cart::price(Shop::Cart=HASH(0x55572b792800), 9) called at bin/shop.pl line 5
        	main::__ANON__ called at bin/shop.pl line 5
        	eval {...} called at bin/shop.pl line 5
        """#
    static let listUtilAgain = #"""
        no price for 9 at /srv/releases/20240102/shop/lib/Shop/Cart.pm line 7.
        	Shop::Cart::price(Shop::Cart=HASH(0x55b2fee1b800), 9) called at bin/shop.pl line 7
        	main::__ANON__ called at bin/shop.pl line 7
        	eval {...} called at bin/shop.pl line 7
        """#
    static let listUtilRenamed = #"""
        no price for 9 at /home/alice/shop/lib/Shop/Cart.pm line 5.
        	Shop::Cart::cost(Shop::Cart=HASH(0x56391a134920), 9) called at bin/shop.pl line 5
        	main::__ANON__ called at bin/shop.pl line 5
        	eval {...} called at bin/shop.pl line 5
        """#
    static let table = GoldenTable(
        language: "Perl",
        samples: [confess, confessAgain, confessRenamed, closure, closureAgain, listUtil, package],
        same: [
            GoldenPair("confess, run again", confess, confessAgain),
            GoldenPair("an anonymous function, run again", closure, closureAgain),
            GoldenPair("a block given to List::Util, run again", listUtil, listUtilAgain),
            GoldenPair("the arguments", confess, confess.replacing("1, 2, 4711", with: "\"a) called at x line 3\"")),
            GoldenPair("an eval more", closure, closure + "\n\teval {...} called at bin/shop.pl line 90"),
            GoldenPair(
                "where the last input line was read", confess,
                confess.replacing("line 5.", with: "line 5, <STDIN> line 12.")),
            GoldenPair("threads", confess, confess.replacing("line 3\n", with: "line 3 thread 2\n")),
            GoldenPair("the package changed", package, package.replacing("DBI::db::do", with: "DBI::db::prepare")),
        ],
        different: [
            GoldenPair("confess, a function renamed", confess, confessRenamed),
            GoldenPair("an anonymous function, a function renamed", closure, closureRenamed),
            GoldenPair("below List::Util, a function renamed", listUtil, listUtilRenamed),
            GoldenPair("another place", confess, closure),
            GoldenPair(
                "a number in a name", confess.replacing("Cart::total", with: "Cart::handle_404"),
                confess.replacing("Cart::total", with: "Cart::handle_500")),
            GoldenPair("another caller", confess, confess.replacing("Shop::Checkout::run", with: "Shop::Preview::run")),
            GoldenPair(
                "the file of the innermost function", confess,
                confess.replacing("Cart.pm line 5", with: "Basket.pm line 5")),
        ]
    )

    /// A package of the system in between: the functions above it run in files below `/usr/share/perl5`.
    static let package = #"""
        DBD::mysql::db do failed: Duplicate entry '4711' at /usr/share/perl5/DBIx/Simple.pm line 203.
        	DBI::db::do(DBI::db=HASH(0x562c26ea04b8), "INSERT INTO orders VALUES (4711)") called at /usr/share/perl5/DBIx/Simple.pm line 203
        	DBIx::Simple::query(DBIx::Simple=HASH(0x562c26ea0500), "INSERT") called at /home/alice/shop/lib/Shop/Store.pm line 12
        	Shop::Store::save("Shop::Store", 4711) called at bin/shop.pl line 40
        """#
}
