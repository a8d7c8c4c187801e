/// C++ (g++ 12): what glibc, gdb and AddressSanitizer really printed. `Again` is the same program in another process, its lines
/// moved; `Renamed` has another name for one function. Only the names of directories were changed by hand.
enum CPlusPlusGolden {
    /// `backtrace_symbols_fd`.
    static let glibc = #"""
        ./shop(_ZN4shop5traceEv+0x1f)[0x5645c339c299]
        ./shop(_ZNK4shop4Cart5priceEi+0x1a)[0x5645c339c2d2]
        ./shop(+0x434e)[0x5645c339c34e]
        ./shop(+0x4485)[0x5645c339c485]
        ./shop(_ZN4shop4Cart5totalERKSt6vectorIiSaIiEE+0x45)[0x5645c339c39b]
        ./shop(_ZN4shop4Cart3taxIiEET_S2_RKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE+0x76)[0x5645c339c690]
        ./shop(_ZN4shop8checkoutERNS_4CartEi+0x4b)[0x5645c339c3ef]
        ./shop(main+0x3f)[0x5645c339dd7c]
        /lib/x86_64-linux-gnu/libc.so.6(+0x2724a)[0x7f4fe0a4524a]
        /lib/x86_64-linux-gnu/libc.so.6(__libc_start_main+0x85)[0x7f4fe0a45305]
        ./shop(_start+0x21)[0x5645c339c1b1]
        """#
    static let glibcAgain = #"""
        ./shop(_ZN4shop5traceEv+0x1f)[0x55bcf2998299]
        ./shop(_ZNK4shop4Cart5priceEi+0x1a)[0x55bcf29982d2]
        ./shop(+0x434e)[0x55bcf299834e]
        ./shop(+0x4485)[0x55bcf2998485]
        ./shop(_ZN4shop4Cart5totalERKSt6vectorIiSaIiEE+0x45)[0x55bcf299839b]
        ./shop(_ZN4shop4Cart3taxIiEET_S2_RKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE+0x76)[0x55bcf2998690]
        ./shop(_ZN4shop8checkoutERNS_4CartEi+0x4b)[0x55bcf29983ef]
        ./shop(main+0x3f)[0x55bcf2999d7c]
        /lib/x86_64-linux-gnu/libc.so.6(+0x2724a)[0x7f6733a4524a]
        /lib/x86_64-linux-gnu/libc.so.6(__libc_start_main+0x85)[0x7f6733a45305]
        ./shop(_start+0x21)[0x55bcf29981b1]
        """#
    static let glibcRenamed = #"""
        ./shop(_ZN4shop5traceEv+0x1f)[0x5653f6fda299]
        ./shop(_ZNK4shop4Cart4costEi+0x1a)[0x5653f6fda2d2]
        ./shop(+0x434e)[0x5653f6fda34e]
        ./shop(+0x4485)[0x5653f6fda485]
        ./shop(_ZN4shop4Cart5totalERKSt6vectorIiSaIiEE+0x45)[0x5653f6fda39b]
        ./shop(_ZN4shop4Cart3taxIiEET_S2_RKNSt7__cxx1112basic_stringIcSt11char_traitsIcESaIcEEE+0x76)[0x5653f6fda690]
        ./shop(_ZN4shop8checkoutERNS_4CartEi+0x4b)[0x5653f6fda3ef]
        ./shop(main+0x3f)[0x5653f6fdbd7c]
        /lib/x86_64-linux-gnu/libc.so.6(+0x2724a)[0x7f2db744524a]
        /lib/x86_64-linux-gnu/libc.so.6(__libc_start_main+0x85)[0x7f2db7445305]
        ./shop(_start+0x21)[0x5653f6fda1b1]
        """#
    /// A segmentation fault in gdb.
    static let gdb = #"""
        #0  0x0000555555558323 in shop::Cart::price (this=0x7fffffffe680, i=7) at src/cart.cpp:10
        #1  0x000055555555834e in operator() (__closure=0x7fffffffe520, s=1, i=7) at src/cart.cpp:11
        #2  0x0000555555558485 in std::accumulate<__gnu_cxx::__normal_iterator<int const*, std::vector<int> >, int, shop::Cart::total(const std::vector<int>&)::<lambda(int, int)> >(__gnu_cxx::__normal_iterator<int const*, std::vector<int, std::allocator<int> > >, __gnu_cxx::__normal_iterator<int const*, std::vector<int, std::allocator<int> > >, int, struct {...}) (__first=7, __last=0, __init=1, __binary_op=...) at /usr/include/c++/12/bits/stl_numeric.h:169
        #3  0x000055555555839b in shop::Cart::total (this=0x7fffffffe680, items=std::vector of length 2, capacity 2 = {...}) at src/cart.cpp:11
        #4  0x0000555555558690 in shop::Cart::tax<int> (this=0x7fffffffe680, x=7, zone="eu") at src/cart.cpp:12
        #5  0x00005555555583ef in shop::checkout (c=..., n=7) at src/cart.cpp:14
        #6  0x0000555555559d7c in main (argc=2, argv=0x7fffffffe7c8) at src/main.cpp:3
        """#
    static let gdbAgain = #"""
        #0  0x0000555555558323 in shop::Cart::price (this=0x7fffffffe680, i=7) at src/cart.cpp:13
        #1  0x000055555555834e in operator() (__closure=0x7fffffffe520, s=1, i=7) at src/cart.cpp:14
        #2  0x0000555555558485 in std::accumulate<__gnu_cxx::__normal_iterator<int const*, std::vector<int> >, int, shop::Cart::total(const std::vector<int>&)::<lambda(int, int)> >(__gnu_cxx::__normal_iterator<int const*, std::vector<int, std::allocator<int> > >, __gnu_cxx::__normal_iterator<int const*, std::vector<int, std::allocator<int> > >, int, struct {...}) (__first=7, __last=0, __init=1, __binary_op=...) at /usr/include/c++/12/bits/stl_numeric.h:169
        #3  0x000055555555839b in shop::Cart::total (this=0x7fffffffe680, items=std::vector of length 2, capacity 2 = {...}) at src/cart.cpp:14
        #4  0x0000555555558690 in shop::Cart::tax<int> (this=0x7fffffffe680, x=7, zone="eu") at src/cart.cpp:15
        #5  0x00005555555583ef in shop::checkout (c=..., n=7) at src/cart.cpp:17
        #6  0x0000555555559d7c in main (argc=2, argv=0x7fffffffe7c8) at src/main.cpp:6
        """#
    static let gdbRenamed = #"""
        #0  0x0000555555558323 in shop::Cart::cost (this=0x7fffffffe680, i=7) at src/cart.cpp:10
        #1  0x000055555555834e in operator() (__closure=0x7fffffffe520, s=1, i=7) at src/cart.cpp:11
        #2  0x0000555555558485 in std::accumulate<__gnu_cxx::__normal_iterator<int const*, std::vector<int> >, int, shop::Cart::total(const std::vector<int>&)::<lambda(int, int)> >(__gnu_cxx::__normal_iterator<int const*, std::vector<int, std::allocator<int> > >, __gnu_cxx::__normal_iterator<int const*, std::vector<int, std::allocator<int> > >, int, struct {...}) (__first=7, __last=0, __init=1, __binary_op=...) at /usr/include/c++/12/bits/stl_numeric.h:169
        #3  0x000055555555839b in shop::Cart::total (this=0x7fffffffe680, items=std::vector of length 2, capacity 2 = {...}) at src/cart.cpp:11
        #4  0x0000555555558690 in shop::Cart::tax<int> (this=0x7fffffffe680, x=7, zone="eu") at src/cart.cpp:12
        #5  0x00005555555583ef in shop::checkout (c=..., n=7) at src/cart.cpp:14
        #6  0x0000555555559d7c in main (argc=2, argv=0x7fffffffe7c8) at src/main.cpp:3
        """#
    /// An exception nobody caught, in gdb.
    static let abort = #"""
        #0  __pthread_kill_implementation (threadid=<optimized out>, signo=signo@entry=6, no_tid=no_tid@entry=0) at ./nptl/pthread_kill.c:44
        #1  0x00007ffff7aa8f4f in __pthread_kill_internal (signo=6, threadid=<optimized out>) at ./nptl/pthread_kill.c:78
        #2  0x00007ffff7a59fb2 in __GI_raise (sig=sig@entry=6) at ../sysdeps/posix/raise.c:26
        #3  0x00007ffff7a44472 in __GI_abort () at ./stdlib/abort.c:79
        #4  0x00007ffff7c9d919 in ?? () from /lib/x86_64-linux-gnu/libstdc++.so.6
        #5  0x00007ffff7ca8e1a in ?? () from /lib/x86_64-linux-gnu/libstdc++.so.6
        #6  0x00007ffff7ca8e85 in std::terminate() () from /lib/x86_64-linux-gnu/libstdc++.so.6
        #7  0x00007ffff7ca90d8 in __cxa_throw () from /lib/x86_64-linux-gnu/libstdc++.so.6
        #8  0x00007ffff7ca026d in ?? () from /lib/x86_64-linux-gnu/libstdc++.so.6
        #9  0x0000555555558faf in std::vector<int, std::allocator<int> >::_M_range_check (this=0x7fffffffe680, __n=9) at /usr/include/c++/12/bits/stl_vector.h:1153
        #10 0x0000555555558905 in std::vector<int, std::allocator<int> >::at (this=0x7fffffffe680, __n=9) at /usr/include/c++/12/bits/stl_vector.h:1194
        #11 0x00005555555582ed in shop::Cart::price (this=0x7fffffffe680, i=9) at src/cart.cpp:10
        #12 0x000055555555834e in operator() (__closure=0x7fffffffe520, s=1, i=9) at src/cart.cpp:11
        #13 0x0000555555558485 in std::accumulate<__gnu_cxx::__normal_iterator<int const*, std::vector<int> >, int, shop::Cart::total(const std::vector<int>&)::<lambda(int, int)> >(__gnu_cxx::__normal_iterator<int const*, std::vector<int, std::allocator<int> > >, __gnu_cxx::__normal_iterator<int const*, std::vector<int, std::allocator<int> > >, int, struct {...}) (__first=9, __last=0, __init=1, __binary_op=...) at /usr/include/c++/12/bits/stl_numeric.h:169
        #14 0x000055555555839b in shop::Cart::total (this=0x7fffffffe680, items=std::vector of length 2, capacity 2 = {...}) at src/cart.cpp:11
        #15 0x0000555555558690 in shop::Cart::tax<int> (this=0x7fffffffe680, x=9, zone="eu") at src/cart.cpp:12
        #16 0x00005555555583ef in shop::checkout (c=..., n=9) at src/cart.cpp:14
        #17 0x0000555555559d7c in main (argc=2, argv=0x7fffffffe7c8) at src/main.cpp:3
        """#
    static let abortAgain = #"""
        #0  __pthread_kill_implementation (threadid=<optimized out>, signo=signo@entry=6, no_tid=no_tid@entry=0) at ./nptl/pthread_kill.c:44
        #1  0x00007ffff7aa8f4f in __pthread_kill_internal (signo=6, threadid=<optimized out>) at ./nptl/pthread_kill.c:78
        #2  0x00007ffff7a59fb2 in __GI_raise (sig=sig@entry=6) at ../sysdeps/posix/raise.c:26
        #3  0x00007ffff7a44472 in __GI_abort () at ./stdlib/abort.c:79
        #4  0x00007ffff7c9d919 in ?? () from /lib/x86_64-linux-gnu/libstdc++.so.6
        #5  0x00007ffff7ca8e1a in ?? () from /lib/x86_64-linux-gnu/libstdc++.so.6
        #6  0x00007ffff7ca8e85 in std::terminate() () from /lib/x86_64-linux-gnu/libstdc++.so.6
        #7  0x00007ffff7ca90d8 in __cxa_throw () from /lib/x86_64-linux-gnu/libstdc++.so.6
        #8  0x00007ffff7ca026d in ?? () from /lib/x86_64-linux-gnu/libstdc++.so.6
        #9  0x0000555555558faf in std::vector<int, std::allocator<int> >::_M_range_check (this=0x7fffffffe680, __n=9) at /usr/include/c++/12/bits/stl_vector.h:1153
        #10 0x0000555555558905 in std::vector<int, std::allocator<int> >::at (this=0x7fffffffe680, __n=9) at /usr/include/c++/12/bits/stl_vector.h:1194
        #11 0x00005555555582ed in shop::Cart::price (this=0x7fffffffe680, i=9) at src/cart.cpp:13
        #12 0x000055555555834e in operator() (__closure=0x7fffffffe520, s=1, i=9) at src/cart.cpp:14
        #13 0x0000555555558485 in std::accumulate<__gnu_cxx::__normal_iterator<int const*, std::vector<int> >, int, shop::Cart::total(const std::vector<int>&)::<lambda(int, int)> >(__gnu_cxx::__normal_iterator<int const*, std::vector<int, std::allocator<int> > >, __gnu_cxx::__normal_iterator<int const*, std::vector<int, std::allocator<int> > >, int, struct {...}) (__first=9, __last=0, __init=1, __binary_op=...) at /usr/include/c++/12/bits/stl_numeric.h:169
        #14 0x000055555555839b in shop::Cart::total (this=0x7fffffffe680, items=std::vector of length 2, capacity 2 = {...}) at src/cart.cpp:14
        #15 0x0000555555558690 in shop::Cart::tax<int> (this=0x7fffffffe680, x=9, zone="eu") at src/cart.cpp:15
        #16 0x00005555555583ef in shop::checkout (c=..., n=9) at src/cart.cpp:17
        #17 0x0000555555559d7c in main (argc=2, argv=0x7fffffffe7c8) at src/main.cpp:6
        """#
    static let abortRenamed = #"""
        #0  __pthread_kill_implementation (threadid=<optimized out>, signo=signo@entry=6, no_tid=no_tid@entry=0) at ./nptl/pthread_kill.c:44
        #1  0x00007ffff7aa8f4f in __pthread_kill_internal (signo=6, threadid=<optimized out>) at ./nptl/pthread_kill.c:78
        #2  0x00007ffff7a59fb2 in __GI_raise (sig=sig@entry=6) at ../sysdeps/posix/raise.c:26
        #3  0x00007ffff7a44472 in __GI_abort () at ./stdlib/abort.c:79
        #4  0x00007ffff7c9d919 in ?? () from /lib/x86_64-linux-gnu/libstdc++.so.6
        #5  0x00007ffff7ca8e1a in ?? () from /lib/x86_64-linux-gnu/libstdc++.so.6
        #6  0x00007ffff7ca8e85 in std::terminate() () from /lib/x86_64-linux-gnu/libstdc++.so.6
        #7  0x00007ffff7ca90d8 in __cxa_throw () from /lib/x86_64-linux-gnu/libstdc++.so.6
        #8  0x00007ffff7ca026d in ?? () from /lib/x86_64-linux-gnu/libstdc++.so.6
        #9  0x0000555555558faf in std::vector<int, std::allocator<int> >::_M_range_check (this=0x7fffffffe680, __n=9) at /usr/include/c++/12/bits/stl_vector.h:1153
        #10 0x0000555555558905 in std::vector<int, std::allocator<int> >::at (this=0x7fffffffe680, __n=9) at /usr/include/c++/12/bits/stl_vector.h:1194
        #11 0x00005555555582ed in shop::Cart::cost (this=0x7fffffffe680, i=9) at src/cart.cpp:10
        #12 0x000055555555834e in operator() (__closure=0x7fffffffe520, s=1, i=9) at src/cart.cpp:11
        #13 0x0000555555558485 in std::accumulate<__gnu_cxx::__normal_iterator<int const*, std::vector<int> >, int, shop::Cart::total(const std::vector<int>&)::<lambda(int, int)> >(__gnu_cxx::__normal_iterator<int const*, std::vector<int, std::allocator<int> > >, __gnu_cxx::__normal_iterator<int const*, std::vector<int, std::allocator<int> > >, int, struct {...}) (__first=9, __last=0, __init=1, __binary_op=...) at /usr/include/c++/12/bits/stl_numeric.h:169
        #14 0x000055555555839b in shop::Cart::total (this=0x7fffffffe680, items=std::vector of length 2, capacity 2 = {...}) at src/cart.cpp:11
        #15 0x0000555555558690 in shop::Cart::tax<int> (this=0x7fffffffe680, x=9, zone="eu") at src/cart.cpp:12
        #16 0x00005555555583ef in shop::checkout (c=..., n=9) at src/cart.cpp:14
        #17 0x0000555555559d7c in main (argc=2, argv=0x7fffffffe7c8) at src/main.cpp:3
        """#
    /// AddressSanitizer.
    static let asan = #"""
        AddressSanitizer:DEADLYSIGNAL
        =================================================================
        ==7059==ERROR: AddressSanitizer: SEGV on unknown address 0x00000000001c (pc 0x55dfbeb7e4de bp 0x7fff65a599f0 sp 0x7fff65a596d0 T0)
        ==7059==The signal is caused by a READ memory access.
        ==7059==Hint: address points to the zero page.
            #0 0x55dfbeb7e4de in shop::Cart::price(int) const src/cart.cpp:10
            #1 0x55dfbeb7e54c in operator() src/cart.cpp:11
            #2 0x55dfbeb7e639 in accumulate<__gnu_cxx::__normal_iterator<int const*, std::vector<int> >, int, shop::Cart::total(const std::vector<int>&)::<lambda(int, int)> > /usr/include/c++/12/bits/stl_numeric.h:169
            #3 0x55dfbeb7e745 in shop::Cart::total(std::vector<int, std::allocator<int> > const&) src/cart.cpp:11
            #4 0x55dfbeb80275 in int shop::Cart::tax<int>(int, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const&) (/home/alice/shop/shop-asan+0x4275)
            #5 0x55dfbeb7e7e4 in shop::checkout(shop::Cart&, int) src/cart.cpp:14
            #6 0x55dfbeb803b5 in main src/main.cpp:3
            #7 0x7fe1f5045249 in __libc_start_call_main ../sysdeps/nptl/libc_start_call_main.h:58
            #8 0x7fe1f5045304 in __libc_start_main_impl ../csu/libc-start.c:360
            #9 0x55dfbeb7e280 in _start (/home/alice/shop/shop-asan+0x2280)

        AddressSanitizer can not provide additional info.
        SUMMARY: AddressSanitizer: SEGV src/cart.cpp:10 in shop::Cart::price(int) const
        ==7059==ABORTING
        """#
    static let asanAgain = #"""
        AddressSanitizer:DEADLYSIGNAL
        =================================================================
        ==7555==ERROR: AddressSanitizer: SEGV on unknown address 0x00000000001c (pc 0x56186c3f54de bp 0x7fffadca7c10 sp 0x7fffadca78f0 T0)
        ==7555==The signal is caused by a READ memory access.
        ==7555==Hint: address points to the zero page.
            #0 0x56186c3f54de in shop::Cart::price(int) const src/cart.cpp:13
            #1 0x56186c3f554c in operator() src/cart.cpp:14
            #2 0x56186c3f5639 in accumulate<__gnu_cxx::__normal_iterator<int const*, std::vector<int> >, int, shop::Cart::total(const std::vector<int>&)::<lambda(int, int)> > /usr/include/c++/12/bits/stl_numeric.h:169
            #3 0x56186c3f5745 in shop::Cart::total(std::vector<int, std::allocator<int> > const&) src/cart.cpp:14
            #4 0x56186c3f7275 in int shop::Cart::tax<int>(int, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const&) (/srv/releases/20240102/shop/shop-asan+0x4275)
            #5 0x56186c3f57e4 in shop::checkout(shop::Cart&, int) src/cart.cpp:17
            #6 0x56186c3f73b5 in main src/main.cpp:6
            #7 0x7ff063645249 in __libc_start_call_main ../sysdeps/nptl/libc_start_call_main.h:58
            #8 0x7ff063645304 in __libc_start_main_impl ../csu/libc-start.c:360
            #9 0x56186c3f5280 in _start (/srv/releases/20240102/shop/shop-asan+0x2280)

        AddressSanitizer can not provide additional info.
        SUMMARY: AddressSanitizer: SEGV src/cart.cpp:13 in shop::Cart::price(int) const
        ==7555==ABORTING
        """#
    static let asanRenamed = #"""
        AddressSanitizer:DEADLYSIGNAL
        =================================================================
        ==8049==ERROR: AddressSanitizer: SEGV on unknown address 0x00000000001c (pc 0x55a6e09614de bp 0x7fff25626a50 sp 0x7fff25626730 T0)
        ==8049==The signal is caused by a READ memory access.
        ==8049==Hint: address points to the zero page.
            #0 0x55a6e09614de in shop::Cart::cost(int) const src/cart.cpp:10
            #1 0x55a6e096154c in operator() src/cart.cpp:11
            #2 0x55a6e0961639 in accumulate<__gnu_cxx::__normal_iterator<int const*, std::vector<int> >, int, shop::Cart::total(const std::vector<int>&)::<lambda(int, int)> > /usr/include/c++/12/bits/stl_numeric.h:169
            #3 0x55a6e0961745 in shop::Cart::total(std::vector<int, std::allocator<int> > const&) src/cart.cpp:11
            #4 0x55a6e0963275 in int shop::Cart::tax<int>(int, std::__cxx11::basic_string<char, std::char_traits<char>, std::allocator<char> > const&) (/home/alice/shop/shop-asan+0x4275)
            #5 0x55a6e09617e4 in shop::checkout(shop::Cart&, int) src/cart.cpp:14
            #6 0x55a6e09633b5 in main src/main.cpp:3
            #7 0x7f7f7e845249 in __libc_start_call_main ../sysdeps/nptl/libc_start_call_main.h:58
            #8 0x7f7f7e845304 in __libc_start_main_impl ../csu/libc-start.c:360
            #9 0x55a6e0961280 in _start (/home/alice/shop/shop-asan+0x2280)

        AddressSanitizer can not provide additional info.
        SUMMARY: AddressSanitizer: SEGV src/cart.cpp:10 in shop::Cart::cost(int) const
        ==8049==ABORTING
        """#
    /// Written by hand: Boost.Stacktrace; `std::stacktrace` prints the same.
    static let boost = #"""
         0# shop::trace() at src/cart.cpp:8
         1# shop::Cart::price(int) const at src/cart.cpp:9
         2# shop::Cart::total(std::vector<int, std::allocator<int> > const&)::{lambda(int, int)#1}::operator()(int, int) const at src/cart.cpp:10
         3# shop::Cart::total(std::vector<int, std::allocator<int> > const&) at src/cart.cpp:10
         4# shop::checkout(shop::Cart&, int) in ./shop
         5# main at src/main.cpp:3
         6# 0x00007F4F3E64524A in /lib/x86_64-linux-gnu/libc.so.6
         7# __libc_start_main in /lib/x86_64-linux-gnu/libc.so.6
         8# _start in ./shop
        """#
    /// Written by hand: what systemd-coredump puts into the journal.
    static let systemd = #"""
        Process 11053 (shop) of user 1000 dumped core.

        Stack trace of thread 11053:
        #0  0x00007f9c2a0a38d2 raise (libc.so.6 + 0x3a8d2)
        #1  0x00007f9c2a08d4a5 abort (libc.so.6 + 0x244a5)
        #2  0x000055555555839b _ZN4shop4Cart5priceEi (shop + 0x439b)
        #3  0x00005555555583ef _ZN4shop8checkoutERNS_4CartEi (shop + 0x43ef)
        #4  0x0000555555559d7c main (shop + 0x5d7c)
        #5  0x00007f9c2a08e1e2 __libc_start_main (libc.so.6 + 0x251e2)
        """#
    /// Written by hand: clang’s AddressSanitizer on memory that was freed.
    static let freed = #"""
        ==11053==ERROR: AddressSanitizer: heap-use-after-free on address 0x602000000010 at pc 0x0000004f5a12 bp 0x7ffe81258d40 sp 0x7ffe81258a20
        READ of size 4 at 0x602000000010 thread T0
            #0 0x4f5a11 in shop::Cart::price(int) const /home/alice/shop/src/cart.cpp:9:12
            #1 0x4f5c20 in shop::checkout(shop::Cart&, int) /home/alice/shop/src/cart.cpp:14:3
            #2 0x7fc61d445249 in __libc_start_call_main csu/../sysdeps/nptl/libc_start_call_main.h:58:16
            #3 0x41f2b9 in _start (/home/alice/shop/shop+0x41f2b9) (BuildId: 7b0a41232bf55f8e858b54cac41c7251ba17f376)

        0x602000000010 is located 0 bytes inside of 8-byte region [0x602000000010,0x602000000018)
        freed by thread T0 here:
            #0 0x4c5d0d in free (/home/alice/shop/shop+0x4c5d0d)
            #1 0x4f5b44 in shop::Cart::clear() /home/alice/shop/src/cart.cpp:30:3
        previously allocated by thread T0 here:
            #0 0x4c5f8d in malloc (/home/alice/shop/shop+0x4c5f8d)
            #1 0x4f5ae1 in shop::Cart::fill(int) /home/alice/shop/src/cart.cpp:21:12
        """#
    /// ThreadSanitizer, which prints no addresses; what it printed, with its places changed.
    static let race = #"""
        WARNING: ThreadSanitizer: data race (pid=4242)
          Write of size 4 at 0x5581c7f6b014 by thread T1:
            #0 shop::inc() /home/alice/shop/src/race.cpp:3 (race+0x1254) (BuildId: 3f9a2b1c)
            #1 operator() /home/alice/shop/src/race.cpp:8 (race+0x1269)
            #2 void std::__invoke_impl<void, void (*)()>(std::__invoke_other, void (*&&)()) /usr/include/c++/12/bits/invoke.h:61 (race+0x3d05)
            #3 <null> <null> (libstdc++.so.6+0xd44a2)

          Previous write of size 4 at 0x5581c7f6b014 by main thread:
            #0 shop::reset() /home/alice/shop/src/race.cpp:9 (race+0x12a9)

          Location is global 'shop::total' of size 4 at 0x5581c7f6b014 (race+0x5014)

          Thread T1 (tid=4244, running) created by main thread at:
            #0 pthread_create ../../../../src/libsanitizer/tsan/tsan_interceptors_posix.cpp:1001 (libtsan.so.2+0x63a59)
            #1 main /home/alice/shop/src/race.cpp:8 (race+0x12a0)
        """#

    private static func sanitized(_ function: String) -> String {
        """
            #0 0x5641d6c8a2b9 in \(function) /app/src/cart.cpp:11:3
            #1 0x5641d6c8a3c5 in main /app/src/main.cpp:12
        """
    }

    private static func debugged(_ function: String) -> String {
        """
        #2  0x0000555555555189 in \(function) (x=3) at /app/src/cart.cpp:7
        #3  0x00005555555551c2 in main () at /app/src/main.cpp:12
        """
    }

    /// Types of results that have brackets.
    private static let results = [
        "decltype(auto) shop::visit<int>(int)", "decltype ((fp.foo)()) shop::visit<int>(int)",
        "void (*shop::visit<int>(int))(double)", "int (&shop::visit<int>(int)) [3]",
        "void (*(*shop::visit<int>(int))(int))(double)", "int (shop::Cart::*shop::visit<int>(int))(int)",
    ]

    static let table = GoldenTable(
        language: "C++",
        samples: [glibc, glibcRenamed, gdb, gdbRenamed, abort, asan, asanRenamed, boost, systemd, freed, race],
        same: results.flatMap { result in
            [
                GoldenPair("the result \(result)", sanitized("shop::visit(int)"), sanitized(result)),
                GoldenPair("gdb: the result \(result)", debugged("shop::visit"), debugged(result)),
            ]
        } + [
            GoldenPair(
                "a race: offsets and lines", race, race.replacing("cpp:3 (race+0x1254)", with: "cpp:33 (race+0x99)")),
            GoldenPair("a race: the access before", race, race.replacing("shop::reset", with: "shop::clear")),
            GoldenPair("glibc, run again", glibc, glibcAgain),
            GoldenPair("gdb, run again", gdb, gdbAgain),
            GoldenPair("an uncaught exception, run again", abort, abortAgain),
            GoldenPair("AddressSanitizer, run again", asan, asanAgain),
            GoldenPair("values of arguments", gdb, gdb.replacing("zone=\"eu\"", with: "zone=\"us (at) east\"")),
            GoldenPair(
                "without debug information of the C library", abort,
                abort.replacing(
                    "__GI_abort () at ./stdlib/abort.c:79", with: "abort () from /lib/x86_64-linux-gnu/libc.so.6")),
            GoldenPair("the number of a lambda", boost, boost.replacing("int)#1}", with: "int)#2}")),
            GoldenPair(
                "other parameters", boost,
                boost.replacing("checkout(shop::Cart&, int)", with: "checkout(shop::Cart&, long)")),
            GoldenPair(
                "addresses in the core", systemd,
                systemd.replacing("0x43ef", with: "0x51ef").replacing("000055555555", with: "0000561c2a3b")),
            GoldenPair(
                "another C library", systemd, systemd.replacing("raise (", with: "__pthread_kill_implementation (")),
            GoldenPair("where the memory was made", freed, freed.replacing("Cart::fill", with: "Cart::load")),
            GoldenPair(
                "another directory", freed, freed.replacing("/home/alice/shop/src", with: "/builds/acme/shop/src")),
            GoldenPair(
                "a clone made by the compiler", systemd,
                systemd.replacing("checkoutERNS_4CartEi", with: "checkoutERNS_4CartEi.isra.0")),
        ],
        different: results.flatMap { result in
            let other = result.replacing("visit", with: "leave")
            return [
                GoldenPair("behind the result of \(result)", sanitized(result), sanitized(other)),
                GoldenPair("gdb: behind the result of \(result)", debugged(result), debugged(other)),
            ]
        } + [
            GoldenPair("a race: the function", race, race.replacing("shop::inc", with: "shop::dec")),
            GoldenPair("an anonymous class", sanitized("(anonymous class)::f()"), sanitized("(anonymous class)::g()")),
            GoldenPair("glibc, a function renamed", glibc, glibcRenamed),
            GoldenPair("gdb, a function renamed", gdb, gdbRenamed),
            GoldenPair("an uncaught exception, a function renamed", abort, abortRenamed),
            GoldenPair("AddressSanitizer, a function renamed", asan, asanRenamed),
            GoldenPair("the function", boost, boost.replacing("Cart::price", with: "Cart::cost")),
            GoldenPair("an outer function", systemd, systemd.replacing("8checkout", with: "7preview")),
            GoldenPair("the class", freed, freed.replacing("shop::Cart::price", with: "shop::Basket::price")),
            GoldenPair("the file", freed, freed.replacing("cart.cpp:9", with: "basket.cpp:9")),
        ]
    )
}
