import Fingerprint
import Testing

/// Traces nobody recognises are still grouped by their frames.
@Suite struct GenericFrameTests {
    static let elixir = """
        ** (FunctionClauseError) no function clause matching in Shop.Cart.total/1
            (shop 0.1.0) lib/shop/cart.ex:12: Shop.Cart.total/1
            (shop 0.1.0) lib/shop/checkout.ex:40: Shop.Checkout.run/2
            (elixir 1.16.0) src/elixir.erl:405: :elixir.eval_external_handler/3
        """
    static let lua = """
        lua: shop/cart.lua:12: attempt to index a nil value (local 'price')
        stack traceback:
        	shop/cart.lua:12: in upvalue 'total'
        	shop/checkout.lua:40: in function 'run'
        	[C]: in ?
        """
    static let dart = """
        Unhandled exception:
        Bad state: order 17 is closed
        #0      Cart.total (package:shop/cart.dart:12:5)
        #1      Checkout.run (package:shop/checkout.dart:40:3)
        """

    static let same = [
        GoldenPair(
            "Elixir: lines and versions", elixir,
            elixir.replacing(":12:", with: ":120:").replacing("1.16", with: "1.17")),
        GoldenPair("Lua: lines", lua, lua.replacing("lua:12", with: "lua:3")),
        GoldenPair(
            "Dart: lines and the message", dart,
            dart.replacing(":12:5", with: ":3:77").replacing("order 17", with: "order 4")),
    ]

    static let different = [
        GoldenPair("Elixir: the function", elixir, elixir.replacing("Cart.total", with: "Cart.tax")),
        GoldenPair("Elixir: the file", elixir, elixir.replacing("checkout.ex", with: "preview.ex")),
        GoldenPair("Lua: the function", lua, lua.replacing("'run'", with: "'prepare'")),
        GoldenPair(
            "long names with numbers", dart.replacing("Cart.total", with: "convertUtf8ToBase64String"),
            dart.replacing("Cart.total", with: "renderMp3ToOgg4Stream")),
        GoldenPair(
            "mangled names", dart.replacing("Cart.total", with: "_ZN4shop4Cart5totalEi"),
            dart.replacing("Cart.total", with: "_ZN4shop5Order5priceEi")),
        GoldenPair("Dart: the function", dart, dart.replacing("Cart.total", with: "Cart.tax")),
        GoldenPair("Dart: the file", dart, dart.replacing("checkout.dart", with: "preview.dart")),
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
        "Traceback (most recent call last):", "plain at bin/shop.pl line 6.", "Caused by: timeout",
        "goroutine 1 [running]:", "Next Exception: no", "Thread 0 crashed:",
    ])
    func textWithoutFramesIsNoStack(_ text: String) throws {
        #expect(try Report(message: "m", stack: text).result().basis == .message)
    }
}
