import Fingerprint
import Testing

/// Traces nobody recognises yet are still grouped by their frames.
@Suite struct GenericFrameTests {
    static let java = """
        java.lang.IllegalStateException: order 17 is closed
            at com.example.shop.Cart.total(Cart.java:12)
            at com.example.shop.Checkout.run(Checkout.java:40)
            ... 23 more
        """
    static let go = """
        goroutine 1 [running]:
        main.total(0xc000012345, 0x5)
        \t/home/alice/shop/cart/cart.go:12 +0x1d
        main.main()
        \t/home/alice/shop/main.go:40 +0x2a
        """
    static let ruby = """
        /srv/shop/lib/cart.rb:12:in `total': undefined method (NoMethodError)
        \tfrom /srv/shop/lib/checkout.rb:40:in `run'
        """

    static let same = [
        GoldenPair("Java: lines", java, java.replacing("java:", with: "java:3")),
        GoldenPair("Java: the message", java, java.replacing("order 17", with: "order 4711")),
        GoldenPair(
            "Go: addresses and lines", go, go.replacing("c000012345", with: "c0000aaaaa").replacing("go:", with: "go:7")
        ),
        GoldenPair("Go: another home directory", go, go.replacing("/home/alice", with: "/srv/releases/17")),
        GoldenPair("Go: another goroutine", go, go.replacing("goroutine 1", with: "goroutine 77")),
        GoldenPair(
            "Ruby: lines and prefix", ruby, ruby.replacing("rb:", with: "rb:5").replacing("/srv/", with: "/home/alice/")
        ),
    ]

    static let different = [
        GoldenPair("Java: the method", java, java.replacing("Cart.total", with: "Cart.tax")),
        GoldenPair("Java: the file", java, java.replacing("Cart.java", with: "Basket.java")),
        GoldenPair("Go: the function", go, go.replacing("main.total", with: "main.tax")),
        GoldenPair("Go: the file", go, go.replacing("cart.go", with: "basket.go")),
        GoldenPair("Ruby: the method", ruby, ruby.replacing("`run'", with: "`prepare'")),
    ]

    @Test(arguments: same)
    func sameError(_ pair: GoldenPair) throws {
        #expect(try pair.first.result().basis == .stack)
        #expect(try pair.first.fingerprint() == pair.second.fingerprint())
    }

    @Test(arguments: different)
    func differentError(_ pair: GoldenPair) throws {
        #expect(try pair.first.fingerprint() != pair.second.fingerprint())
    }

    @Test(arguments: [
        "just a sentence", "TypeError: x is not a function", "", "\n\n", "error (code 7) happened", "12 users failed",
        "Traceback (most recent call last):",
    ])
    func textWithoutFramesIsNoStack(_ text: String) throws {
        #expect(try Report(message: "m", stack: text).result().basis == .message)
    }
}
