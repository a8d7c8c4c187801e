/// Java 17: what small programs really printed. `Again` is the same program with its lines moved and other values;
/// `Renamed` has another name for one method.
enum JavaGolden {
    /// A lambda in a stream.
    static let stream = #"""
        java.lang.NullPointerException: Cannot invoke "java.lang.Integer.intValue()" because the return value of "java.util.Map.get(Object)" is null
        	at com.example.shop.Cart.lambda$total$0(Cart.java:5)
        	at java.base/java.util.stream.ReferencePipeline$4$1.accept(ReferencePipeline.java:214)
        	at java.base/java.util.AbstractList$RandomAccessSpliterator.forEachRemaining(AbstractList.java:720)
        	at java.base/java.util.stream.AbstractPipeline.copyInto(AbstractPipeline.java:509)
        	at java.base/java.util.stream.AbstractPipeline.wrapAndCopyInto(AbstractPipeline.java:499)
        	at java.base/java.util.stream.ReduceOps$ReduceOp.evaluateSequential(ReduceOps.java:921)
        	at java.base/java.util.stream.AbstractPipeline.evaluate(AbstractPipeline.java:234)
        	at java.base/java.util.stream.IntPipeline.reduce(IntPipeline.java:515)
        	at java.base/java.util.stream.IntPipeline.sum(IntPipeline.java:473)
        	at com.example.shop.Cart.total(Cart.java:5)
        	at com.example.shop.Checkout.lambda$main$1(Checkout.java:11)
        	at com.example.shop.Checkout.run(Checkout.java:8)
        	at com.example.shop.Checkout.main(Checkout.java:11)
        """#
    static let streamAgain = #"""
        java.lang.NullPointerException: Cannot invoke "java.lang.Integer.intValue()" because the return value of "java.util.Map.get(Object)" is null
        	at com.example.shop.Cart.lambda$total$0(Cart.java:8)
        	at java.base/java.util.stream.ReferencePipeline$4$1.accept(ReferencePipeline.java:214)
        	at java.base/java.util.AbstractList$RandomAccessSpliterator.forEachRemaining(AbstractList.java:720)
        	at java.base/java.util.stream.AbstractPipeline.copyInto(AbstractPipeline.java:509)
        	at java.base/java.util.stream.AbstractPipeline.wrapAndCopyInto(AbstractPipeline.java:499)
        	at java.base/java.util.stream.ReduceOps$ReduceOp.evaluateSequential(ReduceOps.java:921)
        	at java.base/java.util.stream.AbstractPipeline.evaluate(AbstractPipeline.java:234)
        	at java.base/java.util.stream.IntPipeline.reduce(IntPipeline.java:515)
        	at java.base/java.util.stream.IntPipeline.sum(IntPipeline.java:473)
        	at com.example.shop.Cart.total(Cart.java:8)
        	at com.example.shop.Checkout.lambda$main$1(Checkout.java:14)
        	at com.example.shop.Checkout.run(Checkout.java:11)
        	at com.example.shop.Checkout.main(Checkout.java:14)
        """#
    static let streamRenamed = #"""
        java.lang.NullPointerException: Cannot invoke "java.lang.Integer.intValue()" because the return value of "java.util.Map.get(Object)" is null
        	at com.example.shop.Cart.lambda$total$0(Cart.java:5)
        	at java.base/java.util.stream.ReferencePipeline$4$1.accept(ReferencePipeline.java:214)
        	at java.base/java.util.AbstractList$RandomAccessSpliterator.forEachRemaining(AbstractList.java:720)
        	at java.base/java.util.stream.AbstractPipeline.copyInto(AbstractPipeline.java:509)
        	at java.base/java.util.stream.AbstractPipeline.wrapAndCopyInto(AbstractPipeline.java:499)
        	at java.base/java.util.stream.ReduceOps$ReduceOp.evaluateSequential(ReduceOps.java:921)
        	at java.base/java.util.stream.AbstractPipeline.evaluate(AbstractPipeline.java:234)
        	at java.base/java.util.stream.IntPipeline.reduce(IntPipeline.java:515)
        	at java.base/java.util.stream.IntPipeline.sum(IntPipeline.java:473)
        	at com.example.shop.Cart.total(Cart.java:5)
        	at com.example.shop.Checkout.lambda$main$1(Checkout.java:11)
        	at com.example.shop.Checkout.run(Checkout.java:8)
        	at com.example.shop.Checkout.main(Checkout.java:11)
        """#
    /// An exception with a cause.
    static let caused = #"""
        java.lang.RuntimeException: checkout of order 4711
        	at com.example.shop.Checkout.wrapped(Checkout.java:7)
        	at com.example.shop.Checkout.lambda$main$2(Checkout.java:12)
        	at com.example.shop.Checkout.run(Checkout.java:8)
        	at com.example.shop.Checkout.main(Checkout.java:12)
        Caused by: java.lang.NullPointerException: Cannot invoke "java.lang.Integer.intValue()" because the return value of "java.util.Map.get(Object)" is null
        	at com.example.shop.Cart.lambda$total$0(Cart.java:5)
        	at java.base/java.util.stream.ReferencePipeline$4$1.accept(ReferencePipeline.java:214)
        	at java.base/java.util.AbstractList$RandomAccessSpliterator.forEachRemaining(AbstractList.java:720)
        	at java.base/java.util.stream.AbstractPipeline.copyInto(AbstractPipeline.java:509)
        	at java.base/java.util.stream.AbstractPipeline.wrapAndCopyInto(AbstractPipeline.java:499)
        	at java.base/java.util.stream.ReduceOps$ReduceOp.evaluateSequential(ReduceOps.java:921)
        	at java.base/java.util.stream.AbstractPipeline.evaluate(AbstractPipeline.java:234)
        	at java.base/java.util.stream.IntPipeline.reduce(IntPipeline.java:515)
        	at java.base/java.util.stream.IntPipeline.sum(IntPipeline.java:473)
        	at com.example.shop.Cart.total(Cart.java:5)
        	... 4 more
        """#
    static let causedAgain = #"""
        java.lang.RuntimeException: checkout of order 98012
        	at com.example.shop.Checkout.wrapped(Checkout.java:10)
        	at com.example.shop.Checkout.lambda$main$2(Checkout.java:15)
        	at com.example.shop.Checkout.run(Checkout.java:11)
        	at com.example.shop.Checkout.main(Checkout.java:15)
        Caused by: java.lang.NullPointerException: Cannot invoke "java.lang.Integer.intValue()" because the return value of "java.util.Map.get(Object)" is null
        	at com.example.shop.Cart.lambda$total$0(Cart.java:8)
        	at java.base/java.util.stream.ReferencePipeline$4$1.accept(ReferencePipeline.java:214)
        	at java.base/java.util.AbstractList$RandomAccessSpliterator.forEachRemaining(AbstractList.java:720)
        	at java.base/java.util.stream.AbstractPipeline.copyInto(AbstractPipeline.java:509)
        	at java.base/java.util.stream.AbstractPipeline.wrapAndCopyInto(AbstractPipeline.java:499)
        	at java.base/java.util.stream.ReduceOps$ReduceOp.evaluateSequential(ReduceOps.java:921)
        	at java.base/java.util.stream.AbstractPipeline.evaluate(AbstractPipeline.java:234)
        	at java.base/java.util.stream.IntPipeline.reduce(IntPipeline.java:515)
        	at java.base/java.util.stream.IntPipeline.sum(IntPipeline.java:473)
        	at com.example.shop.Cart.total(Cart.java:8)
        	... 4 more
        """#
    static let causedRenamed = #"""
        java.lang.RuntimeException: checkout of order 4711
        	at com.example.shop.Checkout.wrapped(Checkout.java:7)
        	at com.example.shop.Checkout.lambda$main$2(Checkout.java:12)
        	at com.example.shop.Checkout.run(Checkout.java:8)
        	at com.example.shop.Checkout.main(Checkout.java:12)
        Caused by: java.lang.NullPointerException: Cannot invoke "java.lang.Integer.intValue()" because the return value of "java.util.Map.get(Object)" is null
        	at com.example.shop.Cart.lambda$total$0(Cart.java:5)
        	at java.base/java.util.stream.ReferencePipeline$4$1.accept(ReferencePipeline.java:214)
        	at java.base/java.util.AbstractList$RandomAccessSpliterator.forEachRemaining(AbstractList.java:720)
        	at java.base/java.util.stream.AbstractPipeline.copyInto(AbstractPipeline.java:509)
        	at java.base/java.util.stream.AbstractPipeline.wrapAndCopyInto(AbstractPipeline.java:499)
        	at java.base/java.util.stream.ReduceOps$ReduceOp.evaluateSequential(ReduceOps.java:921)
        	at java.base/java.util.stream.AbstractPipeline.evaluate(AbstractPipeline.java:234)
        	at java.base/java.util.stream.IntPipeline.reduce(IntPipeline.java:515)
        	at java.base/java.util.stream.IntPipeline.sum(IntPipeline.java:473)
        	at com.example.shop.Cart.total(Cart.java:5)
        	... 4 more
        """#
    /// Reflection: two causes, one of them without a message, and a generated accessor.
    static let reflection = #"""
        java.lang.RuntimeException: reflect
        	at com.example.shop.Checkout.viaReflection(Checkout.java:5)
        	at com.example.shop.Checkout.lambda$main$3(Checkout.java:13)
        	at com.example.shop.Checkout.run(Checkout.java:8)
        	at com.example.shop.Checkout.main(Checkout.java:13)
        Caused by: java.lang.reflect.InvocationTargetException
        	at jdk.internal.reflect.GeneratedMethodAccessor1.invoke(Unknown Source)
        	at java.base/jdk.internal.reflect.DelegatingMethodAccessorImpl.invoke(DelegatingMethodAccessorImpl.java:43)
        	at java.base/java.lang.reflect.Method.invoke(Method.java:569)
        	... 4 more
        Caused by: java.lang.NumberFormatException: For input string: "x"
        	at java.base/java.lang.NumberFormatException.forInputString(NumberFormatException.java:67)
        	at java.base/java.lang.Integer.parseInt(Integer.java:668)
        	at java.base/java.lang.Integer.parseInt(Integer.java:786)
        	at com.example.shop.Cart.first(Cart.java:6)
        	... 7 more
        """#
    static let reflectionAgain = #"""
        java.lang.RuntimeException: reflect
        	at com.example.shop.Checkout.viaReflection(Checkout.java:8)
        	at com.example.shop.Checkout.lambda$main$3(Checkout.java:16)
        	at com.example.shop.Checkout.run(Checkout.java:11)
        	at com.example.shop.Checkout.main(Checkout.java:16)
        Caused by: java.lang.reflect.InvocationTargetException
        	at jdk.internal.reflect.GeneratedMethodAccessor1.invoke(Unknown Source)
        	at java.base/jdk.internal.reflect.DelegatingMethodAccessorImpl.invoke(DelegatingMethodAccessorImpl.java:43)
        	at java.base/java.lang.reflect.Method.invoke(Method.java:569)
        	... 4 more
        Caused by: java.lang.NumberFormatException: For input string: "x"
        	at java.base/java.lang.NumberFormatException.forInputString(NumberFormatException.java:67)
        	at java.base/java.lang.Integer.parseInt(Integer.java:668)
        	at java.base/java.lang.Integer.parseInt(Integer.java:786)
        	at com.example.shop.Cart.first(Cart.java:9)
        	... 7 more
        """#
    static let reflectionRenamed = #"""
        java.lang.RuntimeException: reflect
        	at com.example.shop.Checkout.viaReflection(Checkout.java:5)
        	at com.example.shop.Checkout.lambda$main$3(Checkout.java:13)
        	at com.example.shop.Checkout.run(Checkout.java:8)
        	at com.example.shop.Checkout.main(Checkout.java:13)
        Caused by: java.lang.reflect.InvocationTargetException
        	at jdk.internal.reflect.GeneratedMethodAccessor1.invoke(Unknown Source)
        	at java.base/jdk.internal.reflect.DelegatingMethodAccessorImpl.invoke(DelegatingMethodAccessorImpl.java:43)
        	at java.base/java.lang.reflect.Method.invoke(Method.java:569)
        	... 4 more
        Caused by: java.lang.NumberFormatException: For input string: "x"
        	at java.base/java.lang.NumberFormatException.forInputString(NumberFormatException.java:67)
        	at java.base/java.lang.Integer.parseInt(Integer.java:668)
        	at java.base/java.lang.Integer.parseInt(Integer.java:786)
        	at com.example.shop.Cart.leading(Cart.java:6)
        	... 7 more
        """#
    /// A dynamic proxy.
    static let proxy = #"""
        java.lang.NumberFormatException: For input string: "y"
        	at java.base/java.lang.NumberFormatException.forInputString(NumberFormatException.java:67)
        	at java.base/java.lang.Integer.parseInt(Integer.java:668)
        	at java.base/java.lang.Integer.parseInt(Integer.java:786)
        	at com.example.shop.Cart.first(Cart.java:6)
        	at com.example.shop.Checkout.lambda$viaProxy$0(Checkout.java:6)
        	at com.example.shop.$Proxy0.run(Unknown Source)
        	at com.example.shop.Checkout.viaProxy(Checkout.java:6)
        	at com.example.shop.Checkout.lambda$main$4(Checkout.java:14)
        	at com.example.shop.Checkout.run(Checkout.java:8)
        	at com.example.shop.Checkout.main(Checkout.java:14)
        """#
    static let proxyAgain = #"""
        java.lang.NumberFormatException: For input string: "y"
        	at java.base/java.lang.NumberFormatException.forInputString(NumberFormatException.java:67)
        	at java.base/java.lang.Integer.parseInt(Integer.java:668)
        	at java.base/java.lang.Integer.parseInt(Integer.java:786)
        	at com.example.shop.Cart.first(Cart.java:9)
        	at com.example.shop.Checkout.lambda$viaProxy$0(Checkout.java:9)
        	at com.example.shop.$Proxy0.run(Unknown Source)
        	at com.example.shop.Checkout.viaProxy(Checkout.java:9)
        	at com.example.shop.Checkout.lambda$main$4(Checkout.java:17)
        	at com.example.shop.Checkout.run(Checkout.java:11)
        	at com.example.shop.Checkout.main(Checkout.java:17)
        """#
    static let proxyRenamed = #"""
        java.lang.NumberFormatException: For input string: "y"
        	at java.base/java.lang.NumberFormatException.forInputString(NumberFormatException.java:67)
        	at java.base/java.lang.Integer.parseInt(Integer.java:668)
        	at java.base/java.lang.Integer.parseInt(Integer.java:786)
        	at com.example.shop.Cart.leading(Cart.java:6)
        	at com.example.shop.Checkout.lambda$viaProxy$0(Checkout.java:6)
        	at com.example.shop.$Proxy0.run(Unknown Source)
        	at com.example.shop.Checkout.viaProxy(Checkout.java:6)
        	at com.example.shop.Checkout.lambda$main$4(Checkout.java:14)
        	at com.example.shop.Checkout.run(Checkout.java:8)
        	at com.example.shop.Checkout.main(Checkout.java:14)
        """#
    /// Closing a resource failed, too.
    static let suppressed = #"""
        java.lang.IllegalStateException: save 17
        	at com.example.shop.Cart.save(Cart.java:9)
        	at com.example.shop.Checkout.lambda$main$5(Checkout.java:15)
        	at com.example.shop.Checkout.run(Checkout.java:8)
        	at com.example.shop.Checkout.main(Checkout.java:15)
        	Suppressed: java.lang.IllegalArgumentException: close 12
        		at com.example.shop.Cart$Res.close(Cart.java:8)
        		... 4 more
        """#
    static let suppressedAgain = #"""
        java.lang.IllegalStateException: save 17
        	at com.example.shop.Cart.save(Cart.java:12)
        	at com.example.shop.Checkout.lambda$main$5(Checkout.java:18)
        	at com.example.shop.Checkout.run(Checkout.java:11)
        	at com.example.shop.Checkout.main(Checkout.java:18)
        	Suppressed: java.lang.IllegalArgumentException: close 12
        		at com.example.shop.Cart$Res.close(Cart.java:11)
        		... 4 more
        """#
    static let suppressedRenamed = #"""
        java.lang.IllegalStateException: save 17
        	at com.example.shop.Cart.save(Cart.java:9)
        	at com.example.shop.Checkout.lambda$main$5(Checkout.java:15)
        	at com.example.shop.Checkout.run(Checkout.java:8)
        	at com.example.shop.Checkout.main(Checkout.java:15)
        	Suppressed: java.lang.IllegalArgumentException: close 12
        		at com.example.shop.Cart$Res.close(Cart.java:8)
        		... 4 more
        """#
    /// In another thread.
    static let executor = #"""
        java.util.concurrent.ExecutionException: java.lang.NumberFormatException: For input string: "z"
        	at java.base/java.util.concurrent.FutureTask.report(FutureTask.java:122)
        	at java.base/java.util.concurrent.FutureTask.get(FutureTask.java:191)
        	at com.example.shop.Checkout.lambda$main$8(Checkout.java:18)
        	at com.example.shop.Checkout.run(Checkout.java:8)
        	at com.example.shop.Checkout.main(Checkout.java:18)
        Caused by: java.lang.NumberFormatException: For input string: "z"
        	at java.base/java.lang.NumberFormatException.forInputString(NumberFormatException.java:67)
        	at java.base/java.lang.Integer.parseInt(Integer.java:668)
        	at java.base/java.lang.Integer.parseInt(Integer.java:786)
        	at com.example.shop.Cart.first(Cart.java:6)
        	at com.example.shop.Checkout.lambda$main$7(Checkout.java:18)
        	at java.base/java.util.concurrent.FutureTask.run(FutureTask.java:264)
        	at java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136)
        	at java.base/java.util.concurrent.ThreadPoolExecutor$Worker.run(ThreadPoolExecutor.java:635)
        	at java.base/java.lang.Thread.run(Thread.java:840)
        """#
    static let executorAgain = #"""
        java.util.concurrent.ExecutionException: java.lang.NumberFormatException: For input string: "z"
        	at java.base/java.util.concurrent.FutureTask.report(FutureTask.java:122)
        	at java.base/java.util.concurrent.FutureTask.get(FutureTask.java:191)
        	at com.example.shop.Checkout.lambda$main$8(Checkout.java:21)
        	at com.example.shop.Checkout.run(Checkout.java:11)
        	at com.example.shop.Checkout.main(Checkout.java:21)
        Caused by: java.lang.NumberFormatException: For input string: "z"
        	at java.base/java.lang.NumberFormatException.forInputString(NumberFormatException.java:67)
        	at java.base/java.lang.Integer.parseInt(Integer.java:668)
        	at java.base/java.lang.Integer.parseInt(Integer.java:786)
        	at com.example.shop.Cart.first(Cart.java:9)
        	at com.example.shop.Checkout.lambda$main$7(Checkout.java:21)
        	at java.base/java.util.concurrent.FutureTask.run(FutureTask.java:264)
        	at java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136)
        	at java.base/java.util.concurrent.ThreadPoolExecutor$Worker.run(ThreadPoolExecutor.java:635)
        	at java.base/java.lang.Thread.run(Thread.java:840)
        """#
    static let executorRenamed = #"""
        java.util.concurrent.ExecutionException: java.lang.NumberFormatException: For input string: "z"
        	at java.base/java.util.concurrent.FutureTask.report(FutureTask.java:122)
        	at java.base/java.util.concurrent.FutureTask.get(FutureTask.java:191)
        	at com.example.shop.Checkout.lambda$main$8(Checkout.java:18)
        	at com.example.shop.Checkout.run(Checkout.java:8)
        	at com.example.shop.Checkout.main(Checkout.java:18)
        Caused by: java.lang.NumberFormatException: For input string: "z"
        	at java.base/java.lang.NumberFormatException.forInputString(NumberFormatException.java:67)
        	at java.base/java.lang.Integer.parseInt(Integer.java:668)
        	at java.base/java.lang.Integer.parseInt(Integer.java:786)
        	at com.example.shop.Cart.leading(Cart.java:6)
        	at com.example.shop.Checkout.lambda$main$7(Checkout.java:18)
        	at java.base/java.util.concurrent.FutureTask.run(FutureTask.java:264)
        	at java.base/java.util.concurrent.ThreadPoolExecutor.runWorker(ThreadPoolExecutor.java:1136)
        	at java.base/java.util.concurrent.ThreadPoolExecutor$Worker.run(ThreadPoolExecutor.java:635)
        	at java.base/java.lang.Thread.run(Thread.java:840)
        """#
    /// An anonymous class.
    static let anonymous = #"""
        java.lang.NumberFormatException: For input string: "anon"
        	at java.base/java.lang.NumberFormatException.forInputString(NumberFormatException.java:67)
        	at java.base/java.lang.Integer.parseInt(Integer.java:668)
        	at java.base/java.lang.Integer.parseInt(Integer.java:786)
        	at com.example.shop.Cart.first(Cart.java:6)
        	at com.example.shop.Checkout$1.run(Checkout.java:19)
        	at com.example.shop.Checkout.lambda$main$9(Checkout.java:19)
        	at com.example.shop.Checkout.run(Checkout.java:8)
        	at com.example.shop.Checkout.main(Checkout.java:19)
        """#
    static let anonymousAgain = #"""
        java.lang.NumberFormatException: For input string: "anon"
        	at java.base/java.lang.NumberFormatException.forInputString(NumberFormatException.java:67)
        	at java.base/java.lang.Integer.parseInt(Integer.java:668)
        	at java.base/java.lang.Integer.parseInt(Integer.java:786)
        	at com.example.shop.Cart.first(Cart.java:9)
        	at com.example.shop.Checkout$1.run(Checkout.java:22)
        	at com.example.shop.Checkout.lambda$main$9(Checkout.java:22)
        	at com.example.shop.Checkout.run(Checkout.java:11)
        	at com.example.shop.Checkout.main(Checkout.java:22)
        """#
    static let anonymousRenamed = #"""
        java.lang.NumberFormatException: For input string: "anon"
        	at java.base/java.lang.NumberFormatException.forInputString(NumberFormatException.java:67)
        	at java.base/java.lang.Integer.parseInt(Integer.java:668)
        	at java.base/java.lang.Integer.parseInt(Integer.java:786)
        	at com.example.shop.Cart.leading(Cart.java:6)
        	at com.example.shop.Checkout$1.run(Checkout.java:19)
        	at com.example.shop.Checkout.lambda$main$9(Checkout.java:19)
        	at com.example.shop.Checkout.run(Checkout.java:8)
        	at com.example.shop.Checkout.main(Checkout.java:19)
        """#
    /// The same as `caused`, with the hidden frames of lambdas (`-XX:+ShowHiddenFrames`).
    static let hidden = #"""
        java.lang.RuntimeException: checkout of order 4711
        	at com.example.shop.Checkout.wrapped(Checkout.java:7)
        	at com.example.shop.Checkout.lambda$main$2(Checkout.java:12)
        	at com.example.shop.Checkout$$Lambda$4/0x00007fe68c001a28.run(Unknown Source)
        	at com.example.shop.Checkout.run(Checkout.java:8)
        	at com.example.shop.Checkout.main(Checkout.java:12)
        Caused by: java.lang.NullPointerException: Cannot invoke "java.lang.Integer.intValue()" because the return value of "java.util.Map.get(Object)" is null
        	at com.example.shop.Cart.lambda$total$0(Cart.java:5)
        	at com.example.shop.Cart$$Lambda$2/0x00007fe68c001800.applyAsInt(Unknown Source)
        	at java.base/java.util.stream.ReferencePipeline$4$1.accept(ReferencePipeline.java:214)
        	at java.base/java.util.AbstractList$RandomAccessSpliterator.forEachRemaining(AbstractList.java:720)
        	at java.base/java.util.stream.AbstractPipeline.copyInto(AbstractPipeline.java:509)
        	at java.base/java.util.stream.AbstractPipeline.wrapAndCopyInto(AbstractPipeline.java:499)
        	at java.base/java.util.stream.ReduceOps$ReduceOp.evaluateSequential(ReduceOps.java:921)
        	at java.base/java.util.stream.AbstractPipeline.evaluate(AbstractPipeline.java:234)
        	at java.base/java.util.stream.IntPipeline.reduce(IntPipeline.java:515)
        	at java.base/java.util.stream.IntPipeline.sum(IntPipeline.java:473)
        	at com.example.shop.Cart.total(Cart.java:5)
        	... 5 more
        """#
    /// Written by hand: Spring with CGLIB proxies, as Logback prints it.
    static let spring = #"""
        org.springframework.web.util.NestedServletException: Request processing failed
        	at org.springframework.web.servlet.FrameworkServlet.processRequest(FrameworkServlet.java:1014) ~[spring-webmvc-5.3.9.jar!/:5.3.9]
        	at javax.servlet.http.HttpServlet.service(HttpServlet.java:655) ~[tomcat-embed-core-9.0.50.jar!/:4.0.FR]
        	at org.apache.catalina.core.ApplicationFilterChain.internalDoFilter(ApplicationFilterChain.java:227) ~[tomcat-embed-core-9.0.50.jar!/:9.0.50]
        	at com.example.shop.web.RequestFilter.doFilter(RequestFilter.java:31) ~[classes!/:na]
        	at java.base/java.lang.Thread.run(Thread.java:840) ~[na:na]
        Caused by: org.springframework.dao.DataIntegrityViolationException: could not execute statement
        	at org.springframework.orm.jpa.vendor.HibernateJpaDialect.convert(HibernateJpaDialect.java:276) ~[spring-orm-5.3.9.jar!/:5.3.9]
        	at com.example.shop.OrderRepository$$EnhancerBySpringCGLIB$$3f9a2b1c.save(<generated>) ~[classes!/:na]
        	at com.sun.proxy.$Proxy112.save(Unknown Source) ~[na:na]
        	at com.example.shop.OrderService.place(OrderService.java:58) ~[classes!/:na]
        	at com.example.shop.OrderService$$FastClassBySpringCGLIB$$7d3e21aa.invoke(<generated>) ~[classes!/:na]
        	at jdk.internal.reflect.GeneratedMethodAccessor214.invoke(Unknown Source) ~[na:na]
        	... 23 common frames omitted
        """#
    static let table = GoldenTable(
        language: "Java",
        samples: [
            stream, streamAgain, caused, causedRenamed, reflection, proxy, suppressed, executor, anonymous, hidden,
            spring,
        ],
        same: [
            GoldenPair("a lambda in a stream, run again", stream, streamAgain),
            GoldenPair("a cause, run again", caused, causedAgain),
            GoldenPair("reflection, run again", reflection, reflectionAgain),
            GoldenPair("a dynamic proxy, run again", proxy, proxyAgain),
            GoldenPair("a suppressed exception, run again", suppressed, suppressedAgain),
            GoldenPair("in another thread, run again", executor, executorAgain),
            GoldenPair("an anonymous class, run again", anonymous, anonymousAgain),
            GoldenPair("hidden frames are shown", caused, hidden),
            GoldenPair("the numbers of lambdas", stream, stream.replacing("lambda$total$0", with: "lambda$total$17")),
            GoldenPair("the number of a proxy", proxy, proxy.replacing("$Proxy0", with: "$Proxy41")),
            GoldenPair(
                "the number of an anonymous class", anonymous, anonymous.replacing("Checkout$1", with: "Checkout$3")),
            GoldenPair(
                "the native accessor instead of a generated one", reflection,
                reflection.replacing(
                    "jdk.internal.reflect.GeneratedMethodAccessor1.invoke(Unknown Source)",
                    with: "java.base/jdk.internal.reflect.NativeMethodAccessorImpl.invoke0(Native Method)")),
            GoldenPair("how many frames are not repeated", caused, caused.replacing("... 4 more", with: "... 31 more")),
            GoldenPair("names of modules", stream, stream.replacing("at com.example", with: "at app//com.example")),
            GoldenPair(
                "generated classes", spring,
                spring.replacing("3f9a2b1c", with: "00ffee11").replacing("$Proxy112", with: "$Proxy9")),
            GoldenPair(
                "a proxy of a newer Spring", spring,
                spring.replacing(
                    "$$EnhancerBySpringCGLIB$$3f9a2b1c.save(<generated>)", with: "$$SpringCGLIB$$0.save(<generated>)")),
            GoldenPair("without names of jars", spring, spring.replacing(" ~[classes!/:na]", with: "")),
            GoldenPair("a framework changed", spring, spring.replacing("processRequest", with: "doDispatch")),
        ],
        different: [
            GoldenPair("a cause, a method renamed", reflection, reflectionRenamed),
            GoldenPair("in another thread, a method renamed", executor, executorRenamed),
            GoldenPair("an anonymous class, a method renamed", anonymous, anonymousRenamed),
            GoldenPair("the method", stream, stream.replacing("Cart.total", with: "Cart.sum")),
            GoldenPair("the class", stream, stream.replacing("Cart.total(Cart", with: "Basket.total(Basket")),
            GoldenPair(
                "the package", spring, spring.replacing("shop.OrderService.place", with: "blog.OrderService.place")),
            GoldenPair("the lambda's method", stream, stream.replacing("lambda$total$0", with: "lambda$sum$0")),
            GoldenPair(
                "the type of a cause", caused,
                caused.replacing("Caused by: java.lang.Null", with: "Caused by: java.lang.Index")),
            GoldenPair("a cause less", caused, String(caused[..<caused.firstRange(of: "Caused by")!.lowerBound])),
            GoldenPair(
                "the method in a cause", spring, spring.replacing("OrderService.place", with: "OrderService.cancel")),
        ]
    )
}
