import Fingerprint
import Testing

@Suite struct JavaScriptFrameTests {
    @Test func framesOfChrome() throws {
        #expect(
            try Report.frames(stack: JavaScriptGolden.chrome)
                == [
                    "cartTotal static/js/main.js", "checkout static/js/main.js",
                    "HTMLButtonElement.<anonymous> static/js/main.js",
                ]
        )
    }

    @Test func framesOfNodeWithoutPackagesAndRuntime() throws {
        #expect(
            try Report.frames(stack: JavaScriptGolden.node) == ["cartTotal cart.js", "checkout routes/checkout.js"])
    }

    @Test func framesOfFirefoxAndSafari() throws {
        #expect(
            try Report.frames(stack: JavaScriptGolden.firefox)
                == ["cartTotal static/js/main.js", "checkout/< static/js/main.js", " static/js/main.js"]
        )
        #expect(
            try Report.frames(stack: JavaScriptGolden.safari) == [
                "cartTotal static/js/main.js", "global code static/js/main.js",
            ])
    }

    @Test(arguments: [
        ("at https://x.example/js/a.js:1:2", " js/a.js"),
        ("at new Cart (https://x.example/js/a.js:1:2)", "new Cart js/a.js"),
        ("at Cart.add [as push] (C:\\Program Files (x86)\\shop\\lib\\a.js:1:2)", "Cart.add shop/lib/a.js"),
        ("at async file:///srv/shop/a.mjs:1:2", " shop/a.mjs"),
        ("at f (address at index.android.bundle:1:12345)", "f index.android.bundle"),
        ("at f (wasm://wasm/3f9a2b1c:wasm-function[12]:0x1a2b)", "f *"),
        ("at f (https://x.example/:1:2)", "f /"),
        ("at f (/srv/shop/../shop/./lib/3f9a2b1c4d.js:1:2)", "f shop/lib/*.js"),
        ("https://x.example/js/a.js:1:2", " js/a.js"),
        ("f@https://cdn.example/npm/@scope/p@1.2.3/a.js:1:2", "f @scope/p/a.js"),
        ("at f (https://x.example/home/alice/index.js:1:2)", "f home/alice/index.js"),
    ])
    func singleFrames(_ line: String, _ frame: String) throws {
        #expect(try Report.frames(stack: line) == [frame])
    }
}
