/// Kotlin on the JVM, written by hand: coroutines, lambdas, Android.
enum KotlinGolden {
    static let coroutine = #"""
        java.lang.IllegalStateException: order 4711 is closed
        	at com.example.shop.CartService$checkout$2.invokeSuspend(CartService.kt:31)
        	at _COROUTINE._BOUNDARY._(CoroutineDebugging.kt:46)
        	at com.example.shop.MainKt$main$1$1.invokeSuspend(Main.kt:12)
        	at kotlin.coroutines.jvm.internal.BaseContinuationImpl.resumeWith(ContinuationImpl.kt:33)
        	at kotlinx.coroutines.DispatchedTask.run(DispatchedTask.kt:104)
        	at kotlinx.coroutines.scheduling.CoroutineScheduler$Worker.run(CoroutineScheduler.kt:684)
        	Suppressed: kotlinx.coroutines.internal.DiagnosticCoroutineContextException: [StandaloneCoroutine{Cancelling}@3f9a2b1c, Dispatchers.Default]
        Caused by: java.lang.IllegalStateException: order 4711 is closed
        	at com.example.shop.CartService.close(CartService.kt:40)
        	... 4 more
        """#
    static let lambda = #"""
        Exception in thread "main" java.util.NoSuchElementException: Key pear is missing in the map.
        	at kotlin.collections.MapsKt__MapWithDefaultKt.getOrImplicitDefaultNullable(MapWithDefault.kt:24)
        	at com.example.shop.CartKt.total$lambda$0(Cart.kt:9)
        	at com.example.shop.CartKt$total$$inlined$sumOf$1.invoke(Cart.kt:9)
        	at com.example.shop.CartKt.total(Cart.kt:8)
        	at com.example.shop.MainKt.main(Main.kt:3)
        	at com.example.shop.MainKt.main(Main.kt)
        """#
    static let android = #"""
        java.lang.RuntimeException: Unable to start activity ComponentInfo{com.example.shop/com.example.shop.CartActivity}
        	at android.app.ActivityThread.performLaunchActivity(ActivityThread.java:3782)
        	at android.os.Handler.dispatchMessage(Handler.java:106)
        	at com.android.internal.os.ZygoteInit.main(ZygoteInit.java:936)
        Caused by: kotlin.UninitializedPropertyAccessException: lateinit property cart has not been initialized
        	at com.example.shop.CartActivity.getCart(CartActivity.kt:17)
        	at com.example.shop.CartActivity.onCreate(CartActivity.kt:26)
        	at androidx.activity.ComponentActivity.onCreate(ComponentActivity.kt:12)
        	at android.app.Activity.performCreate(Activity.java:8305)
        	... 12 more
        """#

    static let table = GoldenTable(
        language: "Kotlin",
        samples: [coroutine, lambda, android],
        same: [
            GoldenPair(
                "lines and values", coroutine, coroutine.replacing("kt:31", with: "kt:3").replacing("4711", with: "8")),
            GoldenPair(
                "the number of a suspending lambda", coroutine, coroutine.replacing("checkout$2", with: "checkout$5")),
            GoldenPair("which coroutine it was", coroutine, coroutine.replacing("@3f9a2b1c", with: "@77aa01ff")),
            GoldenPair(
                "the runtime changed", coroutine, coroutine.replacing("DispatchedTask.run", with: "Task.execute")),
            GoldenPair("the number of a lambda", lambda, lambda.replacing("lambda$0", with: "lambda$3")),
            GoldenPair("the number of an inlined lambda", lambda, lambda.replacing("sumOf$1", with: "sumOf$4")),
            GoldenPair(
                "another Android", android,
                android.replacing("dispatchMessage", with: "handle").replacing("8305", with: "9")),
        ],
        different: [
            GoldenPair("the suspending function", coroutine, coroutine.replacing("$checkout$", with: "$preview$")),
            GoldenPair("the class", coroutine, coroutine.replacing("CartService$", with: "BasketService$")),
            GoldenPair(
                "the function in a cause", coroutine, coroutine.replacing("CartService.close", with: "CartService.open")
            ),
            GoldenPair("the function around a lambda", lambda, lambda.replacing("total$lambda", with: "tax$lambda")),
            GoldenPair("an outer function", lambda, lambda.replacing("CartKt.total(", with: "CartKt.tax(")),
            GoldenPair("the file", lambda, lambda.replacing("Cart.kt", with: "Basket.kt")),
            GoldenPair("the property", android, android.replacing("getCart(", with: "getUser(")),
        ]
    )
}
