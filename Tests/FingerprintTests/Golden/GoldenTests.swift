import Fingerprint
import Testing

/// The tables beside this file.
@Suite struct GoldenTests {
    @Test(arguments: GoldenTable.all)
    func sameError(_ table: GoldenTable) throws {
        #expect(table.same.count >= 5)
        for pair in table.same {
            #expect(pair.first.stack != pair.second.stack, "nothing was changed: \(pair.reason)")
            let first = try pair.first.partList()
            let second = try pair.second.partList()
            #expect(
                try pair.first.fingerprint() == pair.second.fingerprint(),
                "\(pair.reason):\n\(first)\n--- is not\n\(second)")
        }
    }

    @Test(arguments: GoldenTable.all)
    func differentError(_ table: GoldenTable) throws {
        #expect(table.different.count >= 5)
        for pair in table.different {
            let parts = try pair.first.partList()
            #expect(try pair.first.fingerprint() != pair.second.fingerprint(), "\(pair.reason):\n\(parts)")
        }
    }

    /// No sample is taken for another language, or for none.
    @Test(arguments: GoldenTable.all)
    func samplesAreRecognised(_ table: GoldenTable) throws {
        let formats = [
            "C++": "C and C++", "Kotlin": "Java", "Android": "Java", "Python places": "Python",
            "JavaScript bundles": "JavaScript", "Rust on Windows": "Rust",
        ]
        let fingerprinter = try Fingerprinter()
        for sample in table.samples {
            let reading = Array(sample.utf8).withUnsafeBytes { fingerprinter.readStack($0) }
            let format = try #require(reading.format, "\(sample)")
            #expect(format.hasPrefix(formats[table.language] ?? table.language), "\(format):\n\(sample)")
            #expect(reading.frames.contains { $0.verdict == .kept }, "\(sample)")
        }
    }

    @Test(arguments: [
        (
            PerlGolden.confess,
            [
                "Shop::Cart::price lib/Shop/Cart.pm", "Shop::Cart::total lib/Shop/Cart.pm",
                "Shop::Checkout::run lib/Shop/Checkout.pm", "main::main bin/shop.pl",
            ]
        ),
        (PHPGolden.traceOnly, [#"Shop\PriceList->price "#, #"Shop\Cart->total Cart.php"#, "{main} main.php"]),
        (
            PHPGolden.monolog,
            [#"Shop\Checkout->run Checkout.php"#, #"Shop\Kernel->handle Kernel.php"#, "{main} shop/public/index.php"]
        ),
        (
            GoGolden.worker,
            [
                "main.(*Store).save store.go", "main.run.func.<num> main.go", "main.run.gowrap main.go",
                "main.run main.go",
            ]
        ),
        (
            DotNetGolden.lambdas,
            [
                "Shop.Cart.<Total>b ", "Shop.Cart.<Total>g__Add ", "Shop.Cart.Total[T] ", "Shop.Program.<Main>b ",
                "Shop.Program.<Main>$ ",
            ]
        ),
        (
            JavaGolden.stream,
            [
                "com.example.shop.Cart.lambda$total$<num> Cart.java", "com.example.shop.Cart.total Cart.java",
                "com.example.shop.Checkout.lambda$main$<num> Checkout.java",
                "com.example.shop.Checkout.run Checkout.java", "com.example.shop.Checkout.main Checkout.java",
            ]
        ),
        (RustGolden.release, ["main::cart::Cart::price ", "main::cart::Cart::total ", "main::main "]),
        (
            CPlusPlusGolden.boost,
            [
                "shop::trace cart.cpp", "shop::Cart::price cart.cpp",
                "shop::Cart::total::{lambda}::operator() cart.cpp", "shop::Cart::total cart.cpp", "shop::checkout shop",
                "main main.cpp",
            ]
        ),
        (
            RubyGolden.reversed,
            ["parse shop/lib/prices.rb", "total shop/lib/cart.rb", "run shop/lib/checkout.rb", "<main> bin/shop"]
        ),
        (SwiftGolden.concurrent, ["Card.pay(_:) shop/Cart.swift"]),
    ])
    func frames(_ trace: String, _ frames: [String]) throws {
        #expect(try Report.frames(stack: trace) == frames)
    }
}

extension Report {
    /// The parts, a line each.
    func partList() throws -> String {
        try explanation().parts.map { "\($0.name.text) \(String(decoding: $0.bytes, as: UTF8.self))" }
            .joined(separator: "\n")
    }
}
