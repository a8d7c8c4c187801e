/// Rust on Windows, written by hand after what MSVC's debug information makes of it.
enum RustWindowsGolden {
    static let panic = #"""
        thread 'main' panicked at src\cart.rs:12:5:
        boom
        stack backtrace:
           0: std::panicking::begin_panic_handler
                     at /rustc/82e1608dfa6e0b5569232559e3d385fea5a93112/library\std\src\panicking.rs:645
           1: core::panicking::panic_fmt
                     at /rustc/82e1608dfa6e0b5569232559e3d385fea5a93112/library\core\src\panicking.rs:72
           2: shop::cart::total::closure$0
                     at .\src\cart.rs:12
           3: shop::cart::impl$3::fmt
                     at .\src\cart.rs:30
           4: tokio::runtime::park::CachedParkThread::block_on
                     at C:\Users\alice\.cargo\registry\src\index.crates.io-6f17d22bba15001f\tokio-1.35.1\src\runtime\park.rs:281
           5: shop::main
                     at .\src\main.rs:3
           6: core::ops::function::FnOnce::call_once<void (*)(),tuple$<> >
                     at C:\Users\alice\.rustup\toolchains\stable-x86_64-pc-windows-msvc\lib\rustlib\src\rust\library\core\src\ops\function.rs:250
           7: BaseThreadInitThunk
        """#

    static let table = GoldenTable(
        language: "Rust on Windows",
        samples: [panic],
        same: [
            GoldenPair("the number of a closure", panic, panic.replacing("closure$0", with: "closure$12")),
            GoldenPair("the number of an implementation", panic, panic.replacing("impl$3", with: "impl$4")),
            GoldenPair(
                "a package changed", panic, panic.replacing("park::CachedParkThread::block_on", with: "context::enter")),
            GoldenPair("the runtime changed", panic, panic.replacing("FnOnce::call_once", with: "FnMut::call_mut")),
            GoldenPair(
                "as on Linux", panic,
                panic.replacing("closure$0", with: "{{closure}}").replacing(#"\"#, with: "/")
                    .replacing("C:/Users", with: "/home")),
            GoldenPair("lines", panic, panic.replacing("cart.rs:12", with: "cart.rs:121")),
        ],
        different: [
            GoldenPair("the function", panic, panic.replacing("cart::total", with: "cart::price")),
            GoldenPair("an outer function", panic, panic.replacing("shop::main", with: "shop::start")),
            GoldenPair("the file", panic, panic.replacing("main.rs", with: "start.rs")),
            GoldenPair("a closure or not", panic, panic.replacing("::closure$0", with: "")),
            GoldenPair(
                "a number in a name", panic.replacing("shop::main", with: "shop::handle_404"),
                panic.replacing("shop::main", with: "shop::handle_500")),
        ]
    )
}
