/// .NET, written by hand after the format of `Exception.ToString`.
enum DotNetGolden {
    /// ASP.NET Core: async methods, an inner exception.
    static let async = #"""
        Shop.OrderFailedException: order 4711 failed
         ---> Npgsql.PostgresException (0x80004005): 23505: duplicate key value violates unique constraint "orders_pkey"
           at Npgsql.Internal.NpgsqlConnector.ReadMessageLong(Boolean async, DataRowLoadingMode dataRowLoadingMode)
           at System.Runtime.CompilerServices.PoolingAsyncValueTaskMethodBuilder`1.StateMachineBox`1.System.Threading.Tasks.Sources.IValueTaskSource<TResult>.GetResult(Int16 token)
           at Shop.Data.OrderStore.<SaveAsync>d__5.MoveNext() in /home/alice/shop/src/Data/OrderStore.cs:line 58
        --- End of stack trace from previous location ---
           at Shop.Checkout.RunAsync(Order order, CancellationToken token) in /home/alice/shop/src/Checkout.cs:line 21
           --- End of inner exception stack trace ---
           at Shop.Checkout.RunAsync(Order order, CancellationToken token) in /home/alice/shop/src/Checkout.cs:line 25
           at Shop.Web.OrdersController.Post(OrderForm form) in /home/alice/shop/src/Web/OrdersController.cs:line 40
           at lambda_method12(Closure , Object )
           at Microsoft.AspNetCore.Mvc.Infrastructure.ActionMethodExecutor.AwaitableObjectResultExecutor.Execute(ActionContext actionContext)
        """#
    /// Lambdas, a local function and a generic method, without debug symbols.
    static let lambdas = #"""
        System.NullReferenceException: Object reference not set to an instance of an object.
           at Shop.Cart.<>c__DisplayClass3_0.<Total>b__0(Int32 item)
           at System.Linq.Enumerable.SelectArrayIterator`2.MoveNext()
           at Shop.Cart.<Total>g__Add|4_1(Int32 left, Int32 right)
           at Shop.Cart.Total[T](IEnumerable`1 items)
           at Shop.Program.<>c.<Main>b__0_2()
           at Shop.Program.<Main>$(String[] args)
        """#
    /// An aggregate, as tasks throw it.
    static let aggregate = #"""
        System.AggregateException: One or more errors occurred. (no price for 7)
         ---> System.Collections.Generic.KeyNotFoundException: no price for 7
           at Shop.PriceList.Price(Int32 item) in C:\Users\alice\shop\PriceList.cs:line 9
           --- End of inner exception stack trace ---
           at System.Threading.Tasks.Task.Wait()
           at Shop.Program.Main() in C:\Users\alice\shop\Program.cs:line 14
         ---> (Inner Exception #1) System.TimeoutException: no answer
           at Shop.PriceList.Refresh() in C:\Users\alice\shop\PriceList.cs:line 33<---
        """#
    /// Mono.
    static let mono = #"""
        System.IndexOutOfRangeException: Index was outside the bounds of the array.
          at Shop.Cart.Total (System.Int32 item) [0x0001a] in /home/alice/shop/Cart.cs:12
          at Shop.Program.Main (System.String[] args) [0x00007] in <3f9a2b1c4d5e6f708192a3b4c5d6e7f8>:0
        """#
    /// Lambdas and local functions that are async.
    static let asyncLambdas = #"""
        System.InvalidOperationException: no price for 7
           at Shop.Program.<>c.<<Main>b__0_0>d.MoveNext() in /app/Program.cs:line 12
        --- End of stack trace from previous location ---
           at Shop.Cart.<>c__DisplayClass6_0.<<Total>b__1>d.MoveNext() in /app/Cart.cs:line 9
           at Program.<<<Main>$>g__Add|0_2>d.MoveNext() in /app/Program.cs:line 3
        """#
    static let visualBasic = #"""
        System.InvalidOperationException: no price for 7
           at Shop.Cart._Closure$__1-0._Lambda$__0(Int32 x) in C:\src\Cart.vb:line 3
           at Shop.Cart.VB$StateMachine_5_Total.MoveNext() in C:\src\Cart.vb:line 12
           at Shop.Program.Main() in C:\src\Program.vb:line 4
        """#

    static let table = GoldenTable(
        language: ".NET",
        samples: [async, lambdas, aggregate, mono, asyncLambdas, visualBasic],
        same: [
            GoldenPair(
                "lines", async, async.replacing("line 58", with: "line 5").replacing("line 21", with: "line 210")),
            GoldenPair("another directory", async, async.replacing("/home/alice/shop/src/", with: #"D:\a\1\s\"#)),
            GoldenPair("the number of a state machine", async, async.replacing("d__5", with: "d__17")),
            GoldenPair(
                "async methods as newer runtimes print them", async,
                async.replacing("<SaveAsync>d__5.MoveNext()", with: "SaveAsync(Order order)")),
            GoldenPair("compiled expressions", async, async.replacing("lambda_method12", with: "lambda_method7")),
            GoldenPair("the framework changed", async, async.replacing("ReadMessageLong", with: "ReadMessage")),
            GoldenPair("other parameters", async, async.replacing("(OrderForm form)", with: "(OrderForm f, Int64 id)")),
            GoldenPair("the numbers of lambdas", lambdas, lambdas.replacing("b__0_2", with: "b__3_0")),
            GoldenPair(
                "a lambda that captures", lambdas, lambdas.replacing("<>c.<Main>", with: "<>c__DisplayClass0_0.<Main>")),
            GoldenPair("the numbers of a local function", lambdas, lambdas.replacing("Add|4_1", with: "Add|12_0")),
            GoldenPair(
                "the numbers of async lambdas", asyncLambdas,
                asyncLambdas.replacing("b__0_0", with: "b__0_3").replacing("b__1", with: "b__2")
                    .replacing("DisplayClass6", with: "DisplayClass7")),
            GoldenPair(
                "the numbers of async local functions", asyncLambdas, asyncLambdas.replacing("|0_2", with: "|0_5")),
            GoldenPair(
                "Visual Basic's numbers", visualBasic,
                visualBasic.replacing("__1-0", with: "__2-0").replacing("Lambda$__0", with: "Lambda$__1")
                    .replacing("Machine_5", with: "Machine_6")),
            GoldenPair("values in messages", aggregate, aggregate.replacing("price for 7", with: "price for 12")),
            GoldenPair(
                "Mono: offsets and module", mono,
                mono.replacing("[0x0001a]", with: "[0x00042]").replacing("3f9a2b1c", with: "00aa11bb")),
        ],
        different: [
            GoldenPair("the method", async, async.replacing("RunAsync", with: "PreviewAsync")),
            GoldenPair("an async method", async, async.replacing("<SaveAsync>", with: "<LoadAsync>")),
            GoldenPair("the namespace", async, async.replacing("Shop.Web.Orders", with: "Blog.Web.Orders")),
            GoldenPair("the file", async, async.replacing("OrderStore.cs", with: "CartStore.cs")),
            GoldenPair(
                "the type of the inner exception", async,
                async.replacing("---> Npgsql.Postgres", with: "---> Npgsql.Npgsql")),
            GoldenPair("the method around a lambda", lambdas, lambdas.replacing("<Total>b__0", with: "<Tax>b__0")),
            GoldenPair("the local function", lambdas, lambdas.replacing("g__Add|", with: "g__Sum|")),
            GoldenPair("the second inner exception", aggregate, aggregate.replacing("Refresh", with: "Reload")),
            GoldenPair("around an async lambda", asyncLambdas, asyncLambdas.replacing("<Total>b", with: "<Tax>b")),
            GoldenPair("an async local function", asyncLambdas, asyncLambdas.replacing("g__Add|", with: "g__Sum|")),
            GoldenPair("Visual Basic: the method", visualBasic, visualBasic.replacing("5_Total", with: "5_Tax")),
            GoldenPair("Mono: the method", mono, mono.replacing("Cart.Total", with: "Cart.Tax")),
        ]
    )
}
