/// Swift 6.3 on Linux: what small programs really printed when they crashed, shortened behind the threads. `Again` is the same
/// program with its lines moved and other values; `Renamed` has another name for one function. Only the names of directories
/// were changed by hand.
enum SwiftGolden {
    /// An index out of range, below closures and thunks.
    static let index = #"""
        Swift/ContiguousArrayBuffer.swift:692: Fatal error: Index out of range

        *** Signal 4: Backtracing from 0x7f3e6ad6df7f... done ***

        *** Program crashed: Illegal instruction at 0x00007f3e6ad6df7f ***

        Platform: x86_64 Linux (Debian GNU/Linux 12 (bookworm))

        Thread 0 "shop" crashed:

          0               0x00007f3e6ad6df7f closure #1 in closure #1 in _assertionFailure(_:_:file:line:flags:) + 623 in libswiftCore.so
          1 [ra]          0x00007f3e6aef961f _assertionFailure(_:_:file:line:flags:) + 302 in libswiftCore.so
          2 [ra]          0x00007f3e6b377f65 specialized Array.subscript.getter + 84 in libswiftSwiftOnoneSupport.so
          3 [ra]          0x0000564794c6798e Cart.price(of:) + 77 in shop at /home/alice/shop/Cart.swift:4:60
          4 [ra]          0x0000564794c66be5 closure #1 in Cart.total(_:) + 52 in shop at /home/alice/shop/Cart.swift:5:68
          5 [ra] [thunk]  0x0000564794c66c12 partial apply for closure #1 in Cart.total(_:) + 17 in shop at //<compiler-generated>
          6 [ra] [system] 0x0000564794c67000 Collection.map<A, B>(_:) + 991 in shop at //<compiler-generated>
          7 [ra]          0x0000564794c67a3f Cart.total(_:) + 142 in shop at /home/alice/shop/Cart.swift:5:62
          8 [ra]          0x0000564794c690f6 checkout(_:_:) + 101 in shop at /home/alice/shop/main.swift:1:62
          9 [ra]          0x0000564794c68287 async_Main + 982 in shop at /home/alice/shop/main.swift:3:21
         10 [ra]          0x00007f3e6abcae60 swift::runJobInEstablishedExecutorContext(swift::Job*) + 367 in libswift_Concurrency.so
         11 [ra]          0x00007f3e6abcbb15 swift_job_run + 148 in libswift_Concurrency.so
         12 [ra] [system] 0x0000564794c69085 main + 100 in shop at /home/alice/shop/main.swift
        ...


        Registers:

        rax 0x0000000000000000  0
        rip 0x00007f8256f6df7f  0f 0b 48 83 ec 08 48 8d 05 64 50 49 00 48 8d 3d  ..H...H.


        Images (11 omitted):

        0x0000564794c64000–0x0000564794c69ff0 f6d756ae606f6696fcd81114e7e1cc768f4fb4b8 shop                         /home/alice/shop/shop
        0x00007f3e6ab59000–0x00007f3e6abec130 b9f34903c95524076576e2a19e29e879676b9e24 libswift_Concurrency.so      /usr/lib/swift/linux/libswift_Concurrency.so
        0x00007f3e6ac00000–0x00007f3e6b1d2d40 b521f25fdeacf504eca83d97c7308e8fc11be729 libswiftCore.so              /usr/lib/swift/linux/libswiftCore.so
        0x00007f3e6b34d000–0x00007f3e6b38cbe0 69b6bdccf46113ed4a6095c5a7edc60ef06c78e5 libswiftSwiftOnoneSupport.so /usr/lib/swift/linux/libswiftSwiftOnoneSupport.so
        """#
    static let indexAgain = #"""
        Swift/ContiguousArrayBuffer.swift:692: Fatal error: Index out of range

        *** Signal 4: Backtracing from 0x7f023a16df7f... done ***

        *** Program crashed: Illegal instruction at 0x00007f023a16df7f ***

        Platform: x86_64 Linux (Debian GNU/Linux 12 (bookworm))

        Thread 0 "shop" crashed:

          0               0x00007f023a16df7f closure #1 in closure #1 in _assertionFailure(_:_:file:line:flags:) + 623 in libswiftCore.so
          1 [ra]          0x00007f023a2f961f _assertionFailure(_:_:file:line:flags:) + 302 in libswiftCore.so
          2 [ra]          0x00007f023a818f65 specialized Array.subscript.getter + 84 in libswiftSwiftOnoneSupport.so
          3 [ra]          0x000055b118c1c98e Cart.price(of:) + 77 in shop at /srv/releases/20240102/shop/Cart.swift:7:60
          4 [ra]          0x000055b118c1bbe5 closure #1 in Cart.total(_:) + 52 in shop at /srv/releases/20240102/shop/Cart.swift:8:68
          5 [ra] [thunk]  0x000055b118c1bc12 partial apply for closure #1 in Cart.total(_:) + 17 in shop at //<compiler-generated>
          6 [ra] [system] 0x000055b118c1c000 Collection.map<A, B>(_:) + 991 in shop at //<compiler-generated>
          7 [ra]          0x000055b118c1ca3f Cart.total(_:) + 142 in shop at /srv/releases/20240102/shop/Cart.swift:8:62
          8 [ra]          0x000055b118c1e0f6 checkout(_:_:) + 101 in shop at /srv/releases/20240102/shop/main.swift:4:62
          9 [ra]          0x000055b118c1d287 async_Main + 982 in shop at /srv/releases/20240102/shop/main.swift:6:21
         10 [ra]          0x00007f023a7b8e60 swift::runJobInEstablishedExecutorContext(swift::Job*) + 367 in libswift_Concurrency.so
         11 [ra]          0x00007f023a7b9b15 swift_job_run + 148 in libswift_Concurrency.so
         12 [ra] [system] 0x000055b118c1e085 main + 100 in shop at /srv/releases/20240102/shop/main.swift
        ...


        Registers:

        rax 0x0000000000000000  0
        rip 0x00007f8256f6df7f  0f 0b 48 83 ec 08 48 8d 05 64 50 49 00 48 8d 3d  ..H...H.


        Images (11 omitted):

        0x000055b118c19000–0x000055b118c1eff0 c3019511afa743970ecf99f4fe754b454af35d71 shop                         /srv/releases/20240102/shop/shop
        0x00007f023a000000–0x00007f023a5d2d40 b521f25fdeacf504eca83d97c7308e8fc11be729 libswiftCore.so              /usr/lib/swift/linux/libswiftCore.so
        0x00007f023a747000–0x00007f023a7da130 b9f34903c95524076576e2a19e29e879676b9e24 libswift_Concurrency.so      /usr/lib/swift/linux/libswift_Concurrency.so
        0x00007f023a7ee000–0x00007f023a82dbe0 69b6bdccf46113ed4a6095c5a7edc60ef06c78e5 libswiftSwiftOnoneSupport.so /usr/lib/swift/linux/libswiftSwiftOnoneSupport.so
        """#
    static let indexRenamed = #"""
        Swift/ContiguousArrayBuffer.swift:692: Fatal error: Index out of range

        *** Signal 4: Backtracing from 0x7fb480f6df7f... done ***

        *** Program crashed: Illegal instruction at 0x00007fb480f6df7f ***

        Platform: x86_64 Linux (Debian GNU/Linux 12 (bookworm))

        Thread 0 "shop" crashed:

          0               0x00007fb480f6df7f closure #1 in closure #1 in _assertionFailure(_:_:file:line:flags:) + 623 in libswiftCore.so
          1 [ra]          0x00007fb4810f961f _assertionFailure(_:_:file:line:flags:) + 302 in libswiftCore.so
          2 [ra]          0x00007fb4815e2f65 specialized Array.subscript.getter + 84 in libswiftSwiftOnoneSupport.so
          3 [ra]          0x000055de3ad6198e Cart.cost(of:) + 77 in shop at /home/alice/shop/Cart.swift:4:59
          4 [ra]          0x000055de3ad60be5 closure #1 in Cart.total(_:) + 52 in shop at /home/alice/shop/Cart.swift:5:68
          5 [ra] [thunk]  0x000055de3ad60c12 partial apply for closure #1 in Cart.total(_:) + 17 in shop at //<compiler-generated>
          6 [ra] [system] 0x000055de3ad61000 Collection.map<A, B>(_:) + 991 in shop at //<compiler-generated>
          7 [ra]          0x000055de3ad61a3f Cart.total(_:) + 142 in shop at /home/alice/shop/Cart.swift:5:62
          8 [ra]          0x000055de3ad630f6 checkout(_:_:) + 101 in shop at /home/alice/shop/main.swift:1:62
          9 [ra]          0x000055de3ad62287 async_Main + 982 in shop at /home/alice/shop/main.swift:3:21
         10 [ra]          0x00007fb480dcae60 swift::runJobInEstablishedExecutorContext(swift::Job*) + 367 in libswift_Concurrency.so
         11 [ra]          0x00007fb480dcbb15 swift_job_run + 148 in libswift_Concurrency.so
         12 [ra] [system] 0x000055de3ad63085 main + 100 in shop at /home/alice/shop/main.swift
        ...


        Registers:

        rax 0x0000000000000000  0
        rip 0x00007f8256f6df7f  0f 0b 48 83 ec 08 48 8d 05 64 50 49 00 48 8d 3d  ..H...H.


        Images (11 omitted):

        0x000055de3ad5e000–0x000055de3ad63ff0 d77f3c478d4049f3180df7686dd12608e7dc4629 shop                         /home/alice/shop/shop
        0x00007fb480d59000–0x00007fb480dec130 b9f34903c95524076576e2a19e29e879676b9e24 libswift_Concurrency.so      /usr/lib/swift/linux/libswift_Concurrency.so
        0x00007fb480e00000–0x00007fb4813d2d40 b521f25fdeacf504eca83d97c7308e8fc11be729 libswiftCore.so              /usr/lib/swift/linux/libswiftCore.so
        0x00007fb4815b8000–0x00007fb4815f7be0 69b6bdccf46113ed4a6095c5a7edc60ef06c78e5 libswiftSwiftOnoneSupport.so /usr/lib/swift/linux/libswiftSwiftOnoneSupport.so
        """#
    /// A generic function that unwraps nil.
    static let generic = #"""
        shop/Cart.swift:6: Fatal error: Unexpectedly found nil while unwrapping an Optional value

        *** Signal 4: Backtracing from 0x7f3ee696df7f... done ***

        *** Program crashed: Illegal instruction at 0x00007f3ee696df7f ***

        Platform: x86_64 Linux (Debian GNU/Linux 12 (bookworm))

        Thread 0 "shop" crashed:

          0               0x00007f3ee696df7f closure #1 in closure #1 in _assertionFailure(_:_:file:line:flags:) + 623 in libswiftCore.so
          1 [ra]          0x00007f3ee6af961f _assertionFailure(_:_:file:line:flags:) + 302 in libswiftCore.so
          2 [ra]          0x000055b6c2daadc6 Cart.first<A>(_:) + 757 in shop at /home/alice/shop/Cart.swift:6:105
          3 [ra]          0x000055b6c2dab4ff async_Main + 1614 in shop at /home/alice/shop/main.swift:4:30
          4 [ra]          0x00007f3ee7022e60 swift::runJobInEstablishedExecutorContext(swift::Job*) + 367 in libswift_Concurrency.so
          5 [ra]          0x00007f3ee7023b15 swift_job_run + 148 in libswift_Concurrency.so
          6 [ra] [system] 0x000055b6c2dac085 main + 100 in shop at /home/alice/shop/main.swift
        ...


        Registers:

        rax 0x0000000000000000  0
        rip 0x00007f8256f6df7f  0f 0b 48 83 ec 08 48 8d 05 64 50 49 00 48 8d 3d  ..H...H.


        Images (12 omitted):

        0x000055b6c2da7000–0x000055b6c2dacff0 f6d756ae606f6696fcd81114e7e1cc768f4fb4b8 shop                    /home/alice/shop/shop
        0x00007f3ee6800000–0x00007f3ee6dd2d40 b521f25fdeacf504eca83d97c7308e8fc11be729 libswiftCore.so         /usr/lib/swift/linux/libswiftCore.so
        0x00007f3ee6fb1000–0x00007f3ee7044130 b9f34903c95524076576e2a19e29e879676b9e24 libswift_Concurrency.so /usr/lib/swift/linux/libswift_Concurrency.so
        """#
    static let genericAgain = #"""
        shop/Cart.swift:9: Fatal error: Unexpectedly found nil while unwrapping an Optional value

        *** Signal 4: Backtracing from 0x7ffb8ef6df7f... done ***

        *** Program crashed: Illegal instruction at 0x00007ffb8ef6df7f ***

        Platform: x86_64 Linux (Debian GNU/Linux 12 (bookworm))

        Thread 0 "shop" crashed:

          0               0x00007ffb8ef6df7f closure #1 in closure #1 in _assertionFailure(_:_:file:line:flags:) + 623 in libswiftCore.so
          1 [ra]          0x00007ffb8f0f961f _assertionFailure(_:_:file:line:flags:) + 302 in libswiftCore.so
          2 [ra]          0x00005608d5fd9dc6 Cart.first<A>(_:) + 757 in shop at /srv/releases/20240102/shop/Cart.swift:9:105
          3 [ra]          0x00005608d5fda4ff async_Main + 1614 in shop at /srv/releases/20240102/shop/main.swift:7:30
          4 [ra]          0x00007ffb8f5bee60 swift::runJobInEstablishedExecutorContext(swift::Job*) + 367 in libswift_Concurrency.so
          5 [ra]          0x00007ffb8f5bfb15 swift_job_run + 148 in libswift_Concurrency.so
          6 [ra] [system] 0x00005608d5fdb085 main + 100 in shop at /srv/releases/20240102/shop/main.swift
        ...


        Registers:

        rax 0x0000000000000000  0
        rip 0x00007f8256f6df7f  0f 0b 48 83 ec 08 48 8d 05 64 50 49 00 48 8d 3d  ..H...H.


        Images (12 omitted):

        0x00005608d5fd6000–0x00005608d5fdbff0 c3019511afa743970ecf99f4fe754b454af35d71 shop                    /srv/releases/20240102/shop/shop
        0x00007ffb8ee00000–0x00007ffb8f3d2d40 b521f25fdeacf504eca83d97c7308e8fc11be729 libswiftCore.so         /usr/lib/swift/linux/libswiftCore.so
        0x00007ffb8f54d000–0x00007ffb8f5e0130 b9f34903c95524076576e2a19e29e879676b9e24 libswift_Concurrency.so /usr/lib/swift/linux/libswift_Concurrency.so
        """#
    static let genericRenamed = #"""
        shop/Cart.swift:6: Fatal error: Unexpectedly found nil while unwrapping an Optional value

        *** Signal 4: Backtracing from 0x7f52af76df7f... done ***

        *** Program crashed: Illegal instruction at 0x00007f52af76df7f ***

        Platform: x86_64 Linux (Debian GNU/Linux 12 (bookworm))

        Thread 0 "shop" crashed:

          0               0x00007f52af76df7f closure #1 in closure #1 in _assertionFailure(_:_:file:line:flags:) + 623 in libswiftCore.so
          1 [ra]          0x00007f52af8f961f _assertionFailure(_:_:file:line:flags:) + 302 in libswiftCore.so
          2 [ra]          0x0000563942360dc6 Cart.first<A>(_:) + 757 in shop at /home/alice/shop/Cart.swift:6:105
          3 [ra]          0x00005639423614ff async_Main + 1614 in shop at /home/alice/shop/main.swift:4:30
          4 [ra]          0x00007f52afdcde60 swift::runJobInEstablishedExecutorContext(swift::Job*) + 367 in libswift_Concurrency.so
          5 [ra]          0x00007f52afdceb15 swift_job_run + 148 in libswift_Concurrency.so
          6 [ra] [system] 0x0000563942362085 main + 100 in shop at /home/alice/shop/main.swift
        ...


        Registers:

        rax 0x0000000000000000  0
        rip 0x00007f8256f6df7f  0f 0b 48 83 ec 08 48 8d 05 64 50 49 00 48 8d 3d  ..H...H.


        Images (12 omitted):

        0x000056394235d000–0x0000563942362ff0 d77f3c478d4049f3180df7686dd12608e7dc4629 shop                    /home/alice/shop/shop
        0x00007f52af600000–0x00007f52afbd2d40 b521f25fdeacf504eca83d97c7308e8fc11be729 libswiftCore.so         /usr/lib/swift/linux/libswiftCore.so
        0x00007f52afd5c000–0x00007f52afdef130 b9f34903c95524076576e2a19e29e879676b9e24 libswift_Concurrency.so /usr/lib/swift/linux/libswift_Concurrency.so
        """#
    /// An async function on another thread than the first.
    static let concurrent = #"""
        shop/Cart.swift:9: Precondition failed: amount 4711

        *** Signal 4: Backtracing from 0x7ff2694f9361... done ***

        *** Program crashed: Illegal instruction at 0x00007ff2694f9361 ***

        Platform: x86_64 Linux (Debian GNU/Linux 12 (bookworm))

        Thread 0 "shop":

          0      0x00007ff268de4301 sigsuspend + 65 in libc.so.6
          1 [ra] 0x00007ff268c7bc29 _dispatch_sig_thread + 8 in libdispatch.so
        ...

        Thread 1 "oot.default-qos" crashed:

          0                  0x00007ff2694f9361 _assertionFailure(_:_:file:line:flags:) + 225 in libswiftCore.so
          1 [ra]             0x00005598ae81a6f1 Card.pay(_:) + 368 in shop at /home/alice/shop/Cart.swift:9:98
          2 [async] [system] 0x00005598ae81b950 async_MainTQ0_ in shop at //<compiler-generated>
          3 [async] [thunk]  0x00005598ae81bb60 thunk for @escaping @convention(thin) @async () -> () in shop at //<compiler-generated>
          4 [async] [thunk]  0x00005598ae81bc50 partial apply for thunk for @escaping @convention(thin) @async () -> () in shop at //<compiler-generated>
          5 [async] [system] 0x00007ff2691cf310 completeTaskWithClosure(swift::AsyncContext*, swift::SwiftError*) in libswift_Concurrency.so
        ...

        Thread 2 "-qos.overcommit":

          0      0x00007ff268eb0f36 epoll_wait + 86 in libc.so.6
          1 [ra] 0x00007ff268c7aff2 _dispatch_mgr_invoke + 129 in libdispatch.so
          2 [ra] 0x00007ff268c7af5d _dispatch_mgr_thread + 108 in libdispatch.so
          3 [ra] 0x00007ff268c7e195 _dispatch_worker_thread + 676 in libdispatch.so
        ...

        Thread 3 "oot.default-qos":

          0  0x00007ff268e2df16 __futex_abstimed_wait_common + 198 in libc.so.6
        ...


        Registers:

        rax 0x0000000000000000  0
        rip 0x00007f8256f6df7f  0f 0b 48 83 ec 08 48 8d 05 64 50 49 00 48 8d 3d  ..H...H.


        Images (10 omitted):

        0x00005598ae817000–0x00005598ae81cff0 f6d756ae606f6696fcd81114e7e1cc768f4fb4b8 shop                    /home/alice/shop/shop
        0x00007ff268c49000–0x00007ff268c91258 cb8d2d3cfa8e51d96b2da370bac3f34f88b57c92 libdispatch.so          /usr/lib/swift/linux/libdispatch.so
        0x00007ff268da8000–0x00007ff268f230fc 93ac61ec5a8eb1396f9fbd350e3169a558528a40 libc.so.6               /usr/lib/x86_64-linux-gnu/libc.so.6
        0x00007ff269159000–0x00007ff2691ec130 b9f34903c95524076576e2a19e29e879676b9e24 libswift_Concurrency.so /usr/lib/swift/linux/libswift_Concurrency.so
        0x00007ff269200000–0x00007ff2697d2d40 b521f25fdeacf504eca83d97c7308e8fc11be729 libswiftCore.so         /usr/lib/swift/linux/libswiftCore.so
        """#
    static let concurrentAgain = #"""
        shop/Cart.swift:12: Precondition failed: amount 98012

        *** Signal 4: Backtracing from 0x7f734ecf9361... done ***

        *** Program crashed: Illegal instruction at 0x00007f734ecf9361 ***

        Platform: x86_64 Linux (Debian GNU/Linux 12 (bookworm))

        Thread 0 "shop":

          0      0x00007f734e5e4301 sigsuspend + 65 in libc.so.6
          1 [ra] 0x00007f734f162c29 _dispatch_sig_thread + 8 in libdispatch.so
        ...

        Thread 1 "oot.default-qos" crashed:

          0                  0x00007f734ecf9361 _assertionFailure(_:_:file:line:flags:) + 225 in libswiftCore.so
          1 [ra]             0x0000563bf00ad6f1 Card.pay(_:) + 368 in shop at /srv/releases/20240102/shop/Cart.swift:12:98
          2 [async] [system] 0x0000563bf00ae950 async_MainTQ0_ in shop at //<compiler-generated>
          3 [async] [thunk]  0x0000563bf00aeb60 thunk for @escaping @convention(thin) @async () -> () in shop at //<compiler-generated>
          4 [async] [thunk]  0x0000563bf00aec50 partial apply for thunk for @escaping @convention(thin) @async () -> () in shop at //<compiler-generated>
          5 [async] [system] 0x00007f734e9cf310 completeTaskWithClosure(swift::AsyncContext*, swift::SwiftError*) in libswift_Concurrency.so
        ...

        Thread 2 "-qos.overcommit":

          0      0x00007f734e6b0f36 epoll_wait + 86 in libc.so.6
          1 [ra] 0x00007f734f161ff2 _dispatch_mgr_invoke + 129 in libdispatch.so
          2 [ra] 0x00007f734f161f5d _dispatch_mgr_thread + 108 in libdispatch.so
          3 [ra] 0x00007f734f165195 _dispatch_worker_thread + 676 in libdispatch.so
        ...

        Thread 3 "oot.default-qos":

          0  0x00007f734e62df16 __futex_abstimed_wait_common + 198 in libc.so.6
        ...


        Registers:

        rax 0x0000000000000000  0
        rip 0x00007f8256f6df7f  0f 0b 48 83 ec 08 48 8d 05 64 50 49 00 48 8d 3d  ..H...H.


        Images (10 omitted):

        0x0000563bf00aa000–0x0000563bf00afff0 c3019511afa743970ecf99f4fe754b454af35d71 shop                    /srv/releases/20240102/shop/shop
        0x00007f734e5a8000–0x00007f734e7230fc 93ac61ec5a8eb1396f9fbd350e3169a558528a40 libc.so.6               /usr/lib/x86_64-linux-gnu/libc.so.6
        0x00007f734e959000–0x00007f734e9ec130 b9f34903c95524076576e2a19e29e879676b9e24 libswift_Concurrency.so /usr/lib/swift/linux/libswift_Concurrency.so
        0x00007f734ea00000–0x00007f734efd2d40 b521f25fdeacf504eca83d97c7308e8fc11be729 libswiftCore.so         /usr/lib/swift/linux/libswiftCore.so
        0x00007f734f130000–0x00007f734f178258 cb8d2d3cfa8e51d96b2da370bac3f34f88b57c92 libdispatch.so          /usr/lib/swift/linux/libdispatch.so
        """#
    static let concurrentRenamed = #"""
        shop/Cart.swift:9: Precondition failed: amount 4711

        *** Signal 4: Backtracing from 0x7fb0022f9361... done ***

        *** Program crashed: Illegal instruction at 0x00007fb0022f9361 ***

        Platform: x86_64 Linux (Debian GNU/Linux 12 (bookworm))

        Thread 0 "shop":

          0      0x00007fb001bdb301 sigsuspend + 65 in libc.so.6
          1 [ra] 0x00007fb001a72c29 _dispatch_sig_thread + 8 in libdispatch.so
        ...

        Thread 1 "oot.default-qos":

          0      0x00007fb001ca0829 syscall + 25 in libc.so.6
          1 [ra] 0x00007fb001a7d3e9 _dispatch_workq_worker_register + 168 in libdispatch.so
          2 [ra] 0x00007fb001a7507a _dispatch_worker_thread + 393 in libdispatch.so
        ...

        Thread 2 "-qos.overcommit":

          0      0x00007fb001ca7f36 epoll_wait + 86 in libc.so.6
          1 [ra] 0x00007fb001a71ff2 _dispatch_mgr_invoke + 129 in libdispatch.so
          2 [ra] 0x00007fb001a71f5d _dispatch_mgr_thread + 108 in libdispatch.so
          3 [ra] 0x00007fb001a75195 _dispatch_worker_thread + 676 in libdispatch.so
        ...

        Thread 3 "oot.default-qos" crashed:

          0                  0x00007fb0022f9361 _assertionFailure(_:_:file:line:flags:) + 225 in libswiftCore.so
          1 [ra]             0x0000556743df46f1 Card.pay(_:) + 368 in shop at /home/alice/shop/Cart.swift:9:98
          2 [async] [system] 0x0000556743df5950 async_MainTQ0_ in shop at //<compiler-generated>
          3 [async] [thunk]  0x0000556743df5b60 thunk for @escaping @convention(thin) @async () -> () in shop at //<compiler-generated>
          4 [async] [thunk]  0x0000556743df5c50 partial apply for thunk for @escaping @convention(thin) @async () -> () in shop at //<compiler-generated>
          5 [async] [system] 0x00007fb001fcf310 completeTaskWithClosure(swift::AsyncContext*, swift::SwiftError*) in libswift_Concurrency.so
        ...


        Registers:

        rax 0x0000000000000000  0
        rip 0x00007f8256f6df7f  0f 0b 48 83 ec 08 48 8d 05 64 50 49 00 48 8d 3d  ..H...H.


        Images (10 omitted):

        0x0000556743df1000–0x0000556743df6ff0 d77f3c478d4049f3180df7686dd12608e7dc4629 shop                    /home/alice/shop/shop
        0x00007fb001a40000–0x00007fb001a88258 cb8d2d3cfa8e51d96b2da370bac3f34f88b57c92 libdispatch.so          /usr/lib/swift/linux/libdispatch.so
        0x00007fb001b9f000–0x00007fb001d1a0fc 93ac61ec5a8eb1396f9fbd350e3169a558528a40 libc.so.6               /usr/lib/x86_64-linux-gnu/libc.so.6
        0x00007fb001f59000–0x00007fb001fec130 b9f34903c95524076576e2a19e29e879676b9e24 libswift_Concurrency.so /usr/lib/swift/linux/libswift_Concurrency.so
        0x00007fb002000000–0x00007fb0025d2d40 b521f25fdeacf504eca83d97c7308e8fc11be729 libswiftCore.so         /usr/lib/swift/linux/libswiftCore.so
        """#
    /// Optimised: inlined and specialised functions.
    static let optimised = #"""

        *** Signal 4: Backtracing from 0x562a993deef6... done ***

        *** Program crashed: Illegal instruction at 0x0000562a993deef6 ***

        Platform: x86_64 Linux (Debian GNU/Linux 12 (bookworm))

        Thread 0 "shop-o" crashed:

          0 [inlined] [system] 0x0000562a993deef6 specialized Array.subscript.getter in shop-o at //<compiler-generated>
          1                    0x0000562a993deef6 Cart.price(of:) + 54 in shop-o at /home/alice/shop/Cart.swift:4:60
        ...


        Registers:

        rax 0x0000000000000000  0
        rip 0x00007f8256f6df7f  0f 0b 48 83 ec 08 48 8d 05 64 50 49 00 48 8d 3d  ..H...H.


        Images (13 omitted):

        0x0000562a993dd000–0x0000562a993e0478 6f1f0323ddaa6677ebf85169ce0ab7b4aab98f9b shop-o /home/alice/shop/shop-o
        """#
    static let optimisedAgain = #"""

        *** Signal 4: Backtracing from 0x55d91dd44ef6... done ***

        *** Program crashed: Illegal instruction at 0x000055d91dd44ef6 ***

        Platform: x86_64 Linux (Debian GNU/Linux 12 (bookworm))

        Thread 0 "shop-o" crashed:

          0 [inlined] [system] 0x000055d91dd44ef6 specialized Array.subscript.getter in shop-o at //<compiler-generated>
          1                    0x000055d91dd44ef6 Cart.price(of:) + 54 in shop-o at /srv/releases/20240102/shop/Cart.swift:7:60
        ...


        Registers:

        rax 0x0000000000000000  0
        rip 0x00007f8256f6df7f  0f 0b 48 83 ec 08 48 8d 05 64 50 49 00 48 8d 3d  ..H...H.


        Images (13 omitted):

        0x000055d91dd43000–0x000055d91dd46478 f3866a1e18c10d74414cf84011297cf1d341244a shop-o /srv/releases/20240102/shop/shop-o
        """#
    static let optimisedRenamed = #"""

        *** Signal 4: Backtracing from 0x562e9a551ef6... done ***

        *** Program crashed: Illegal instruction at 0x0000562e9a551ef6 ***

        Platform: x86_64 Linux (Debian GNU/Linux 12 (bookworm))

        Thread 0 "shop-o" crashed:

          0 [inlined] [system] 0x0000562e9a551ef6 specialized Array.subscript.getter in shop-o at //<compiler-generated>
          1                    0x0000562e9a551ef6 Cart.cost(of:) + 54 in shop-o at /home/alice/shop/Cart.swift:4:59
        ...


        Registers:

        rax 0x0000000000000000  0
        rip 0x00007f8256f6df7f  0f 0b 48 83 ec 08 48 8d 05 64 50 49 00 48 8d 3d  ..H...H.


        Images (13 omitted):

        0x0000562e9a550000–0x0000562e9a553478 0ffd62c3a8d6a3dd1e0e1edc2d801d0d15d7454b shop-o /home/alice/shop/shop-o
        """#
    static let table = GoldenTable(
        language: "Swift",
        samples: [
            index, indexAgain, indexRenamed, generic, genericAgain, concurrent, concurrentAgain, optimised, package,
        ],
        same: [
            GoldenPair("an index, run again", index, indexAgain),
            GoldenPair("a generic function, run again", generic, genericAgain),
            GoldenPair("an async function, run again", concurrent, concurrentAgain),
            GoldenPair("optimised, run again", optimised, optimisedAgain),
            GoldenPair(
                "the numbers of closures", index, index.replacing("closure #1 in Cart", with: "closure #4 in Cart")),
            GoldenPair("offsets into functions", index, index.replacing(" + 77 in", with: " + 1077 in")),
            GoldenPair("specialised", index, index.replacing(" checkout(_:_:)", with: " specialized checkout(_:_:)")),
            GoldenPair("another thread crashed", concurrent, concurrent.replacing("Thread 1 ", with: "Thread 5 ")),
            GoldenPair("another thread was busy", concurrent, concurrent.replacing("epoll_wait", with: "read")),
            GoldenPair(
                "a private name", package,
                package.replacing("_5F1C0A9B7D3E21AA0B3C4D5E6F708192", with: "_00C0FFEE7D3E21AA0B3C4D5E6F708192")),
            GoldenPair(
                "packages changed", package, package.replacing("EventLoopFuture.wait", with: "EventLoopFuture.get")),
            GoldenPair(
                "the first half of an async function", package,
                package.replacing("(1) suspend resume", with: "(2) await resume")),
        ],
        different: [
            GoldenPair("an index, a function renamed", index, indexRenamed),
            GoldenPair("optimised, a function renamed", optimised, optimisedRenamed),
            GoldenPair("another place", index, generic),
            GoldenPair("the function", generic, generic.replacing("Cart.first", with: "Cart.last")),
            GoldenPair("its labels", index, index.replacing("price(of:)", with: "price(for:)")),
            GoldenPair("the file", concurrent, concurrent.replacing("Cart.swift", with: "Card.swift")),
            GoldenPair("an outer function", index, index.replacing("checkout(_:_:)", with: "preview(_:_:)")),
        ]
    )

    /// Written by hand: a package in between, a private function, half of an async one.
    static let package = #"""
        Thread 0 "shop" crashed:

          0                    0x00007f8256f6df7f _assertionFailure(_:_:file:line:flags:) + 623 in libswiftCore.so
          1 [ra]               0x0000558204ffb98e (price in _5F1C0A9B7D3E21AA0B3C4D5E6F708192)(of:) + 77 in shop at /home/alice/shop/Sources/Shop/Cart.swift:4:60
          2 [ra] [inlined]     0x0000558204ffbe02 closure #2 in closure #1 in Cart.total(_:) in shop at /home/alice/shop/Sources/Shop/Cart.swift:9:13
          3 [ra]               0x0000558205003a10 EventLoopFuture.wait(file:line:) + 401 in shop at /home/alice/shop/.build/checkouts/swift-nio/Sources/NIOCore/EventLoopFuture.swift:1088:9
          4 [async]            0x0000558204ffc120 (1) suspend resume partial function for Shop.serve() in shop at /home/alice/shop/Sources/Shop/Shop.swift:21
        ...
        """#
}
