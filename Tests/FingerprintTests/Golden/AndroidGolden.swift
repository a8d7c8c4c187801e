/// Names that D8, R8, AspectJ, Groovy and Clojure make, written by hand after what they print.
enum AndroidGolden {
    static let shrunk = #"""
        java.lang.NullPointerException: Attempt to invoke virtual method on a null object reference
        	at com.example.shop.Cart.total(Unknown Source:12)
        	at com.example.shop.Checkout$$ExternalSyntheticLambda3.onClick(Unknown Source:2)
        	at android.view.View.performClick(View.java:7448)
        	at android.os.Handler.handleCallback(Handler.java:938)
        Caused by: java.io.IOException: 4711
        	at com.example.shop.Store.save(Unknown Source:3)
        """#
    static let bridge = #"""
        java.lang.IllegalStateException: no price
        	at com.example.shop.MainActivity.onCreate(MainActivity.java:12)
        	at com.example.shop.MainActivity.$r8$lambda$Qb0d1A2FPFVyLLTqvYBNDMUVPw4(MainActivity.java:0)
        	at com.example.shop.MainActivity$$ExternalSyntheticLambda0.run(D8$$SyntheticClass:0)
        	at android.os.Looper.loop(Looper.java:201)
        """#
    static let woven = #"""
        java.lang.IllegalStateException: no price
        	at com.example.shop.Cart.total_aroundBody0(Cart.java:3)
        	at com.example.shop.Cart$AjcClosure1.run(Cart.java:1)
        	at shop.cart$total$fn__1234.invoke(cart.clj:7)
        	at com.example.shop.Report$_run_closure1_closure2.doCall(Report.groovy:5)
        	at com.example.shop.Main.main(Main.java:4)
        """#

    static let table = GoldenTable(
        language: "Android",
        samples: [shrunk, bridge, woven],
        same: [
            GoldenPair("the number of a lambda", shrunk, shrunk.replacing("Lambda3", with: "Lambda14")),
            GoldenPair("the numbers behind `Unknown Source`", shrunk, shrunk.replacing("Source:12", with: "Source:7")),
            GoldenPair("without those", shrunk, shrunk.replacing("Source:12", with: "Source")),
            GoldenPair(
                "the hash of a lambda", bridge,
                bridge.replacing("Qb0d1A2FPFVyLLTqvYBNDMUVPw4", with: "mZ_d1A2FPFVyLLTqv-BNDMUV8xk")),
            GoldenPair("D8's number", bridge, bridge.replacing("SyntheticLambda0", with: "SyntheticLambda21")),
            GoldenPair(
                "AspectJ's numbers", woven,
                woven.replacing("aroundBody0", with: "aroundBody2").replacing("AjcClosure1", with: "AjcClosure3")),
            GoldenPair("Clojure's number", woven, woven.replacing("fn__1234", with: "fn__99")),
            GoldenPair("Groovy's numbers", woven, woven.replacing("closure1_closure2", with: "closure3_closure1")),
        ],
        different: [
            GoldenPair("the method", shrunk, shrunk.replacing("Cart.total", with: "Cart.price")),
            GoldenPair("the class of a lambda", shrunk, shrunk.replacing("Checkout$$", with: "Preview$$")),
            GoldenPair("the type of a cause", shrunk, shrunk.replacing("IOException", with: "EOFException")),
            GoldenPair("the method of a cause", shrunk, shrunk.replacing("Store.save", with: "Store.load")),
            GoldenPair("the class of a bridge", bridge, bridge.replacing("MainActivity.$r8", with: "CartActivity.$r8")),
            GoldenPair("a woven method", woven, woven.replacing("total_around", with: "price_around")),
            GoldenPair("around a closure", woven, woven.replacing("cart$total$fn", with: "cart$tax$fn")),
            GoldenPair(
                "a number in a name", woven.replacing("Main.main", with: "Main.handle_404"),
                woven.replacing("Main.main", with: "Main.handle_500")),
            GoldenPair(
                "a digit in a name", woven.replacing("Main.main", with: "Main.v1Items"),
                woven.replacing("Main.main", with: "Main.v2Items")),
        ]
    )
}
