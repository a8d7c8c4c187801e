/// PHP, written by hand after the format of `Throwable::__toString` and `getTraceAsString`.
enum PHPGolden {
    /// A fatal error with the exception before it.
    static let chained = #"""
        PHP Fatal error:  Uncaught PDOException: SQLSTATE[23000]: Duplicate entry '4711' in /home/alice/shop/src/Store.php:31
        Stack trace:
        #0 /home/alice/shop/src/Store.php(31): PDOStatement->execute(Array)
        #1 /home/alice/shop/src/Checkout.php(18): Shop\Store->save('4711', 12)
        #2 [internal function]: Shop\Checkout->Shop\{closure}(Object(Shop\Order), 0)
        #3 /home/alice/shop/src/Checkout.php(20): array_map(Object(Closure), Array)
        #4 /home/alice/shop/vendor/laravel/framework/src/Illuminate/Routing/Controller.php(54): Shop\Checkout->run(Array)
        #5 /home/alice/shop/vendor/laravel/framework/src/Illuminate/Foundation/Http/Kernel.php(165): Illuminate\Routing\Router->dispatch(Object(Illuminate\Http\Request))
        #6 /home/alice/shop/public/index.php(55): Illuminate\Foundation\Http\Kernel->handle(Object(Illuminate\Http\Request))
        #7 {main}

        Next Shop\OrderFailed: order 4711 failed in /home/alice/shop/src/Checkout.php:25
        Stack trace:
        #0 /home/alice/shop/vendor/laravel/framework/src/Illuminate/Routing/Controller.php(54): Shop\Checkout->run(Array)
        #1 /home/alice/shop/public/index.php(55): Illuminate\Foundation\Http\Kernel->handle(Object(Illuminate\Http\Request))
        #2 {main}
          thrown in /home/alice/shop/src/Checkout.php on line 25
        """#
    /// `getTraceAsString`: the frames and nothing else.
    static let traceOnly = #"""
        #0 /home/alice/shop/src/Cart.php(12): Shop\PriceList->price('7')
        #1 /home/alice/shop/src/main.php(3): Shop\Cart->total(Array)
        #2 {main}
        """#
    /// A closure as PHP 8.4 names it, and an anonymous class.
    static let closures = #"""
        Error: Call to a member function amount() on null in /home/alice/shop/src/Cart.php:14
        Stack trace:
        #0 [internal function]: Shop\Cart->{closure:Shop\Cart::total():13}(7)
        #1 /home/alice/shop/src/Cart.php(13): array_map(Object(Closure), Array)
        #2 /home/alice/shop/src/Rules.php(9): Shop\Cart->total(Array)
        #3 /home/alice/shop/src/main.php(3): Shop\Rule@anonymous/home/alice/shop/src/Rules.php:8$0->apply(Object(Shop\Cart))
        #4 {main}
        """#
    /// Monolog's way.
    static let monolog = #"""
        [object] (RuntimeException(code: 0): order 4711 failed at /home/alice/shop/src/Checkout.php:25)
        [stacktrace]
        #0 /home/alice/shop/src/Kernel.php(40): Shop\Checkout->run()
        #1 /home/alice/shop/public/index.php(5): Shop\Kernel->handle()
        #2 {main}
        """#

    static let table = GoldenTable(
        language: "PHP",
        samples: [chained, traceOnly, closures, monolog],
        same: [
            GoldenPair(
                "lines and another directory", chained,
                chained.replacing("/home/alice/shop", with: "/srv/releases/20240102/shop").replacing(
                    "php(18)", with: "php(180)"
                )
                .replacing("php:31", with: "php:32").replacing("php(31)", with: "php(32)")),
            GoldenPair("arguments", chained, chained.replacing("'4711', 12", with: "'8 (x): y()', NULL")),
            GoldenPair(
                "packages changed", chained,
                chained.replacing("Router->dispatch", with: "Router->dispatchToRoute")
                    .replacing("Http/Kernel.php", with: "Http/HttpKernel.php")),
            GoldenPair("without the log's prefix", chained, chained.replacing("PHP Fatal error:  Uncaught ", with: "")),
            GoldenPair("lines of the frames alone", traceOnly, traceOnly.replacing("php(12)", with: "php(1)")),
            GoldenPair("the line of a closure", closures, closures.replacing("total():13", with: "total():31")),
            GoldenPair(
                "where an anonymous class stands", closures,
                closures.replacing("/home/alice/shop/src/Rules.php:8$0", with: "/srv/shop/src/Rules.php:80$3")),
            GoldenPair("Monolog, lines", monolog, monolog.replacing("php:25", with: "php:52")),
        ],
        different: [
            GoldenPair(
                "a number in a name", traceOnly.replacing("Cart->total", with: "Cart->handle_404"),
                traceOnly.replacing("Cart->total", with: "Cart->handle_500")),
            GoldenPair("the method", chained, chained.replacing("Store->save", with: "Store->load")),
            GoldenPair(
                "a method called by a package", chained, chained.replacing("Checkout->run", with: "Preview->run")),
            GoldenPair("the class", traceOnly, traceOnly.replacing(#"Shop\Cart"#, with: #"Shop\Basket"#)),
            GoldenPair("the innermost method", traceOnly, traceOnly.replacing("->price", with: "->cost")),
            GoldenPair(
                "where the innermost method is", monolog, monolog.replacing("Checkout.php:", with: "Preview.php:")),
            GoldenPair(
                "the type of the next exception", chained,
                chained.replacing("Next Shop\\Order", with: "Next Shop\\Cart")),
            GoldenPair(
                "a static method", closures, closures.replacing("Cart->total(Array)", with: "Cart::total(Array)")),
        ]
    )
}
