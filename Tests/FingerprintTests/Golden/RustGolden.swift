/// Rust 1.95: what small programs really printed. `Again` is the same program with its lines moved and other values;
/// `Renamed` has another name for one function. Only the names of directories were changed by hand.
enum RustGolden {
    /// An index out of bounds, with `RUST_BACKTRACE=1`.
    static let index = #"""

        thread 'main' (6761) panicked at src/cart.rs:4:55:
        index out of bounds: the len is 2 but the index is 7
        stack backtrace:
           0: __rustc::rust_begin_unwind
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
           1: core::panicking::panic_fmt
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:80:14
           2: core::panicking::panic_bounds_check
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:271:5
           3: <usize as core::slice::index::SliceIndex<[T]>>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/index.rs:272:10
           4: core::slice::index::<impl core::ops::index::Index<I> for [T]>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/index.rs:19:15
           5: <alloc::vec::Vec<T,A> as core::ops::index::Index<I>>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/vec/mod.rs:3804:9
           6: main::cart::Cart::price
                     at ./src/cart.rs:4:55
           7: main::cart::Cart::total::{{closure}}
                     at ./src/cart.rs:6:77
           8: core::iter::adapters::map::map_fold::{{closure}}
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/adapters/map.rs:88:28
           9: <core::slice::iter::Iter<T> as core::iter::traits::iterator::Iterator>::fold
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/iter/macros.rs:279:27
          10: <core::iter::adapters::map::Map<I,F> as core::iter::traits::iterator::Iterator>::fold
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/adapters/map.rs:128:19
          11: <i32 as core::iter::traits::accum::Sum>::sum
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/traits/accum.rs:50:22
          12: core::iter::traits::iterator::Iterator::sum
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/traits/iterator.rs:3658:9
          13: main::cart::Cart::total
                     at ./src/cart.rs:6:88
          14: main::checkout
                     at ./src/main.rs:4:77
          15: main::main
                     at ./src/main.rs:8:43
          16: core::ops::function::FnOnce::call_once
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/ops/function.rs:250:5
        note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
        """#
    static let indexAgain = #"""

        thread 'main' (7276) panicked at src/cart.rs:7:55:
        index out of bounds: the len is 2 but the index is 7
        stack backtrace:
           0: __rustc::rust_begin_unwind
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
           1: core::panicking::panic_fmt
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:80:14
           2: core::panicking::panic_bounds_check
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:271:5
           3: <usize as core::slice::index::SliceIndex<[T]>>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/index.rs:272:10
           4: core::slice::index::<impl core::ops::index::Index<I> for [T]>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/index.rs:19:15
           5: <alloc::vec::Vec<T,A> as core::ops::index::Index<I>>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/vec/mod.rs:3804:9
           6: main::cart::Cart::price
                     at ./src/cart.rs:7:55
           7: main::cart::Cart::total::{{closure}}
                     at ./src/cart.rs:9:77
           8: core::iter::adapters::map::map_fold::{{closure}}
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/adapters/map.rs:88:28
           9: <core::slice::iter::Iter<T> as core::iter::traits::iterator::Iterator>::fold
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/iter/macros.rs:279:27
          10: <core::iter::adapters::map::Map<I,F> as core::iter::traits::iterator::Iterator>::fold
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/adapters/map.rs:128:19
          11: <i32 as core::iter::traits::accum::Sum>::sum
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/traits/accum.rs:50:22
          12: core::iter::traits::iterator::Iterator::sum
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/traits/iterator.rs:3658:9
          13: main::cart::Cart::total
                     at ./src/cart.rs:9:88
          14: main::checkout
                     at ./src/main.rs:7:77
          15: main::main
                     at ./src/main.rs:11:43
          16: core::ops::function::FnOnce::call_once
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/ops/function.rs:250:5
        note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
        """#
    static let indexRenamed = #"""

        thread 'main' (7776) panicked at src/cart.rs:4:54:
        index out of bounds: the len is 2 but the index is 7
        stack backtrace:
           0: __rustc::rust_begin_unwind
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
           1: core::panicking::panic_fmt
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:80:14
           2: core::panicking::panic_bounds_check
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:271:5
           3: <usize as core::slice::index::SliceIndex<[T]>>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/index.rs:272:10
           4: core::slice::index::<impl core::ops::index::Index<I> for [T]>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/index.rs:19:15
           5: <alloc::vec::Vec<T,A> as core::ops::index::Index<I>>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/vec/mod.rs:3804:9
           6: main::cart::Cart::cost
                     at ./src/cart.rs:4:54
           7: main::cart::Cart::total::{{closure}}
                     at ./src/cart.rs:6:77
           8: core::iter::adapters::map::map_fold::{{closure}}
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/adapters/map.rs:88:28
           9: <core::slice::iter::Iter<T> as core::iter::traits::iterator::Iterator>::fold
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/iter/macros.rs:279:27
          10: <core::iter::adapters::map::Map<I,F> as core::iter::traits::iterator::Iterator>::fold
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/adapters/map.rs:128:19
          11: <i32 as core::iter::traits::accum::Sum>::sum
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/traits/accum.rs:50:22
          12: core::iter::traits::iterator::Iterator::sum
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/traits/iterator.rs:3658:9
          13: main::cart::Cart::total
                     at ./src/cart.rs:6:87
          14: main::checkout
                     at ./src/main.rs:4:77
          15: main::main
                     at ./src/main.rs:8:43
          16: core::ops::function::FnOnce::call_once
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/ops/function.rs:250:5
        note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
        """#
    /// `Result::unwrap`.
    static let unwrap = #"""

        thread 'main' (6764) panicked at src/main.rs:9:101:
        called `Result::unwrap()` on an `Err` value: "order 4711"
        stack backtrace:
           0: __rustc::rust_begin_unwind
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
           1: core::panicking::panic_fmt
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:80:14
           2: core::result::unwrap_failed
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/result.rs:1867:5
           3: core::result::Result<T,E>::unwrap
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/result.rs:1233:23
           4: main::main
                     at ./src/main.rs:9:101
           5: core::ops::function::FnOnce::call_once
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/ops/function.rs:250:5
        note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
        """#
    static let unwrapAgain = #"""

        thread 'main' (7279) panicked at src/main.rs:12:102:
        called `Result::unwrap()` on an `Err` value: "order 98012"
        stack backtrace:
           0: __rustc::rust_begin_unwind
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
           1: core::panicking::panic_fmt
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:80:14
           2: core::result::unwrap_failed
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/result.rs:1867:5
           3: core::result::Result<T,E>::unwrap
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/result.rs:1233:23
           4: main::main
                     at ./src/main.rs:12:102
           5: core::ops::function::FnOnce::call_once
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/ops/function.rs:250:5
        note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
        """#
    static let unwrapRenamed = #"""

        thread 'main' (7777) panicked at src/main.rs:9:101:
        called `Result::unwrap()` on an `Err` value: "order 4711"
        stack backtrace:
           0: __rustc::rust_begin_unwind
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
           1: core::panicking::panic_fmt
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:80:14
           2: core::result::unwrap_failed
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/result.rs:1867:5
           3: core::result::Result<T,E>::unwrap
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/result.rs:1233:23
           4: main::main
                     at ./src/main.rs:9:101
           5: core::ops::function::FnOnce::call_once
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/ops/function.rs:250:5
        note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
        """#
    /// Built for release, without debug information: no files.
    static let release = #"""

        thread 'main' (6788) panicked at src/cart.rs:4:55:
        index out of bounds: the len is 2 but the index is 7
        stack backtrace:
           0: __rustc::rust_begin_unwind
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
           1: core::panicking::panic_fmt
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:80:14
           2: core::panicking::panic_bounds_check
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:271:5
           3: main::cart::Cart::price
           4: main::cart::Cart::total
           5: main::main
        note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
        """#
    static let releaseAgain = #"""

        thread 'main' (7287) panicked at src/cart.rs:7:55:
        index out of bounds: the len is 2 but the index is 7
        stack backtrace:
           0: __rustc::rust_begin_unwind
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
           1: core::panicking::panic_fmt
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:80:14
           2: core::panicking::panic_bounds_check
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:271:5
           3: main::cart::Cart::price
           4: main::cart::Cart::total
           5: main::main
        note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
        """#
    static let releaseRenamed = #"""

        thread 'main' (7788) panicked at src/cart.rs:4:54:
        index out of bounds: the len is 2 but the index is 7
        stack backtrace:
           0: __rustc::rust_begin_unwind
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
           1: core::panicking::panic_fmt
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:80:14
           2: core::panicking::panic_bounds_check
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:271:5
           3: main::cart::Cart::cost
           4: main::cart::Cart::total
           5: main::main
        note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
        """#
    /// The same with `RUST_BACKTRACE=full`; some frames of the runtime are left out here.
    static let full = #"""

        thread 'main' (6791) panicked at src/cart.rs:4:55:
        index out of bounds: the len is 2 but the index is 7
        stack backtrace:
           0:     0x5599cdb8e38a - std[e28293b1aa0f68bd]::backtrace_rs::backtrace::libunwind::trace
                                       at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/../../backtrace/src/backtrace/libunwind.rs:117:9
           1:     0x5599cdb8e38a - std[e28293b1aa0f68bd]::backtrace_rs::backtrace::trace_unsynchronized::<std[e28293b1aa0f68bd]::sys::backtrace::_print_fmt::{closure#1}>
                                       at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/../../backtrace/src/backtrace/mod.rs:66:14
          15:     0x5599cdb9fa9c - core[c1f1a4ba060b9bfa]::panicking::panic_fmt
                                       at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:80:14
          16:     0x5599cdb9f8ec - core[c1f1a4ba060b9bfa]::panicking::panic_bounds_check
                                       at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:271:5
          17:     0x5599cdb61a9d - main::cart::Cart::price::h64d39e1558889403
          18:     0x5599cdb61ac5 - main::cart::Cart::total::h9e19621d9cf09553
          19:     0x5599cdb61e13 - main::main::h8da7fa642d137fc6
          20:     0x5599cdb61723 - std::sys::backtrace::__rust_begin_short_backtrace::hb9ccf8bcc7cba902
          21:     0x5599cdb61719 - std::rt::lang_start::{{closure}}::hdbee5a3fa7ab6636
          22:     0x5599cdb89354 - <&dyn core[c1f1a4ba060b9bfa]::ops::function::Fn<(), Output = i32> + core[c1f1a4ba060b9bfa]::marker::Sync + core[c1f1a4ba060b9bfa]::panic::unwind_safe::RefUnwindSafe as core[c1f1a4ba060b9bfa]::ops::function::FnOnce<()>>::call_once
                                       at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/ops/function.rs:287:21
          23:     0x5599cdb89354 - std[e28293b1aa0f68bd]::panicking::catch_unwind::do_call::<&dyn core[c1f1a4ba060b9bfa]::ops::function::Fn<(), Output = i32> + core[c1f1a4ba060b9bfa]::marker::Sync + core[c1f1a4ba060b9bfa]::panic::unwind_safe::RefUnwindSafe, i32>
          32:     0x7f655a2b424a - __libc_start_call_main
                                       at ./csu/../sysdeps/nptl/libc_start_call_main.h:58:16
          33:     0x7f655a2b4305 - __libc_start_main_impl
                                       at ./csu/../csu/libc-start.c:360:3
          34:     0x5599cdb61501 - _start
          35:                0x0 - <unknown>
        """#
    static let fullAgain = #"""

        thread 'main' (7289) panicked at src/cart.rs:7:55:
        index out of bounds: the len is 2 but the index is 7
        stack backtrace:
           0:     0x5567400b338a - std[e28293b1aa0f68bd]::backtrace_rs::backtrace::libunwind::trace
                                       at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/../../backtrace/src/backtrace/libunwind.rs:117:9
           1:     0x5567400b338a - std[e28293b1aa0f68bd]::backtrace_rs::backtrace::trace_unsynchronized::<std[e28293b1aa0f68bd]::sys::backtrace::_print_fmt::{closure#1}>
                                       at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/../../backtrace/src/backtrace/mod.rs:66:14
          15:     0x5567400c4a9c - core[c1f1a4ba060b9bfa]::panicking::panic_fmt
                                       at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:80:14
          16:     0x5567400c48ec - core[c1f1a4ba060b9bfa]::panicking::panic_bounds_check
                                       at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:271:5
          17:     0x556740086a9d - main::cart::Cart::price::h64d39e1558889403
          18:     0x556740086ac5 - main::cart::Cart::total::h9e19621d9cf09553
          19:     0x556740086e13 - main::main::h8da7fa642d137fc6
          20:     0x556740086723 - std::sys::backtrace::__rust_begin_short_backtrace::hb9ccf8bcc7cba902
          21:     0x556740086719 - std::rt::lang_start::{{closure}}::hdbee5a3fa7ab6636
          22:     0x5567400ae354 - <&dyn core[c1f1a4ba060b9bfa]::ops::function::Fn<(), Output = i32> + core[c1f1a4ba060b9bfa]::marker::Sync + core[c1f1a4ba060b9bfa]::panic::unwind_safe::RefUnwindSafe as core[c1f1a4ba060b9bfa]::ops::function::FnOnce<()>>::call_once
                                       at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/ops/function.rs:287:21
          23:     0x5567400ae354 - std[e28293b1aa0f68bd]::panicking::catch_unwind::do_call::<&dyn core[c1f1a4ba060b9bfa]::ops::function::Fn<(), Output = i32> + core[c1f1a4ba060b9bfa]::marker::Sync + core[c1f1a4ba060b9bfa]::panic::unwind_safe::RefUnwindSafe, i32>
          32:     0x7f34108bf24a - __libc_start_call_main
                                       at ./csu/../sysdeps/nptl/libc_start_call_main.h:58:16
          33:     0x7f34108bf305 - __libc_start_main_impl
                                       at ./csu/../csu/libc-start.c:360:3
          34:     0x556740086501 - _start
          35:                0x0 - <unknown>
        """#
    /// A closure in another thread, with the newer mangling of symbols (`-C symbol-mangling-version=v0`).
    static let symbols = #"""

        thread '<unnamed>' (6798) panicked at src/cart.rs:4:55:
        index out of bounds: the len is 2 but the index is 9
        stack backtrace:
           0: __rustc::rust_begin_unwind
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
           1: core::panicking::panic_fmt
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:80:14
           2: core::panicking::panic_bounds_check
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:271:5
           3: <usize as core::slice::index::SliceIndex<[i32]>>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/index.rs:272:10
           4: <[i32] as core::ops::index::Index<usize>>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/index.rs:19:15
           5: <alloc::vec::Vec<i32> as core::ops::index::Index<usize>>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/vec/mod.rs:3804:9
           6: <main::cart::Cart>::price
                     at ./src/cart.rs:4:55
           7: <main::cart::Cart>::total::{closure#0}
                     at ./src/cart.rs:6:77
           8: core::iter::adapters::map::map_fold::<&usize, i32, i32, <main::cart::Cart>::total::{closure#0}, <i32 as core::iter::traits::accum::Sum>::sum<core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}>>::{closure#0}>::{closure#0}
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/adapters/map.rs:88:28
           9: <core::slice::iter::Iter<usize> as core::iter::traits::iterator::Iterator>::fold::<i32, core::iter::adapters::map::map_fold<&usize, i32, i32, <main::cart::Cart>::total::{closure#0}, <i32 as core::iter::traits::accum::Sum>::sum<core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}>>::{closure#0}>::{closure#0}>
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/iter/macros.rs:279:27
          10: <core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}> as core::iter::traits::iterator::Iterator>::fold::<i32, <i32 as core::iter::traits::accum::Sum>::sum<core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}>>::{closure#0}>
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/adapters/map.rs:128:19
          11: <i32 as core::iter::traits::accum::Sum>::sum::<core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}>>
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/traits/accum.rs:50:22
          12: <core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}> as core::iter::traits::iterator::Iterator>::sum::<i32>
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/traits/iterator.rs:3658:9
          13: <main::cart::Cart>::total
                     at ./src/cart.rs:6:88
          14: main::checkout::<i64>
                     at ./src/main.rs:4:77
          15: main::main::{closure#0}
                     at ./src/main.rs:11:58
        note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
        """#
    static let symbolsAgain = #"""

        thread '<unnamed>' (7293) panicked at src/cart.rs:7:55:
        index out of bounds: the len is 2 but the index is 9
        stack backtrace:
           0: __rustc::rust_begin_unwind
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
           1: core::panicking::panic_fmt
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:80:14
           2: core::panicking::panic_bounds_check
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:271:5
           3: <usize as core::slice::index::SliceIndex<[i32]>>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/index.rs:272:10
           4: <[i32] as core::ops::index::Index<usize>>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/index.rs:19:15
           5: <alloc::vec::Vec<i32> as core::ops::index::Index<usize>>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/vec/mod.rs:3804:9
           6: <main::cart::Cart>::price
                     at ./src/cart.rs:7:55
           7: <main::cart::Cart>::total::{closure#0}
                     at ./src/cart.rs:9:77
           8: core::iter::adapters::map::map_fold::<&usize, i32, i32, <main::cart::Cart>::total::{closure#0}, <i32 as core::iter::traits::accum::Sum>::sum<core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}>>::{closure#0}>::{closure#0}
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/adapters/map.rs:88:28
           9: <core::slice::iter::Iter<usize> as core::iter::traits::iterator::Iterator>::fold::<i32, core::iter::adapters::map::map_fold<&usize, i32, i32, <main::cart::Cart>::total::{closure#0}, <i32 as core::iter::traits::accum::Sum>::sum<core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}>>::{closure#0}>::{closure#0}>
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/iter/macros.rs:279:27
          10: <core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}> as core::iter::traits::iterator::Iterator>::fold::<i32, <i32 as core::iter::traits::accum::Sum>::sum<core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}>>::{closure#0}>
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/adapters/map.rs:128:19
          11: <i32 as core::iter::traits::accum::Sum>::sum::<core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}>>
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/traits/accum.rs:50:22
          12: <core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}> as core::iter::traits::iterator::Iterator>::sum::<i32>
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/traits/iterator.rs:3658:9
          13: <main::cart::Cart>::total
                     at ./src/cart.rs:9:88
          14: main::checkout::<i64>
                     at ./src/main.rs:7:77
          15: main::main::{closure#0}
                     at ./src/main.rs:14:58
        note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
        """#
    static let symbolsRenamed = #"""

        thread '<unnamed>' (7795) panicked at src/cart.rs:4:54:
        index out of bounds: the len is 2 but the index is 9
        stack backtrace:
           0: __rustc::rust_begin_unwind
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/std/src/panicking.rs:689:5
           1: core::panicking::panic_fmt
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:80:14
           2: core::panicking::panic_bounds_check
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/panicking.rs:271:5
           3: <usize as core::slice::index::SliceIndex<[i32]>>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/index.rs:272:10
           4: <[i32] as core::ops::index::Index<usize>>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/index.rs:19:15
           5: <alloc::vec::Vec<i32> as core::ops::index::Index<usize>>::index
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/alloc/src/vec/mod.rs:3804:9
           6: <main::cart::Cart>::cost
                     at ./src/cart.rs:4:54
           7: <main::cart::Cart>::total::{closure#0}
                     at ./src/cart.rs:6:77
           8: core::iter::adapters::map::map_fold::<&usize, i32, i32, <main::cart::Cart>::total::{closure#0}, <i32 as core::iter::traits::accum::Sum>::sum<core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}>>::{closure#0}>::{closure#0}
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/adapters/map.rs:88:28
           9: <core::slice::iter::Iter<usize> as core::iter::traits::iterator::Iterator>::fold::<i32, core::iter::adapters::map::map_fold<&usize, i32, i32, <main::cart::Cart>::total::{closure#0}, <i32 as core::iter::traits::accum::Sum>::sum<core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}>>::{closure#0}>::{closure#0}>
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/slice/iter/macros.rs:279:27
          10: <core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}> as core::iter::traits::iterator::Iterator>::fold::<i32, <i32 as core::iter::traits::accum::Sum>::sum<core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}>>::{closure#0}>
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/adapters/map.rs:128:19
          11: <i32 as core::iter::traits::accum::Sum>::sum::<core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}>>
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/traits/accum.rs:50:22
          12: <core::iter::adapters::map::Map<core::slice::iter::Iter<usize>, <main::cart::Cart>::total::{closure#0}> as core::iter::traits::iterator::Iterator>::sum::<i32>
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/iter/traits/iterator.rs:3658:9
          13: <main::cart::Cart>::total
                     at ./src/cart.rs:6:87
          14: main::checkout::<i64>
                     at ./src/main.rs:4:77
          15: main::main::{closure#0}
                     at ./src/main.rs:11:58
        note: Some details are omitted, run with `RUST_BACKTRACE=full` for a verbose backtrace.
        """#
    /// Written by hand: anyhow, with causes that look like frames, in an async program.
    static let anyhow = #"""
        Error: order 4711 failed

        Caused by:
            0: no price for item 17
            1: connection refused (os error 111)

        Stack backtrace:
           0: anyhow::error::<impl core::convert::From<E> for anyhow::Error>::from
                     at /home/alice/.cargo/registry/src/index.crates.io-6f17d22bba15001f/anyhow-1.0.86/src/backtrace.rs:27:14
           1: <core::result::Result<T,F> as core::ops::try_trait::FromResidual<core::result::Result<core::convert::Infallible,E>>>::from_residual
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/result.rs:1959:27
           2: shop::prices::load
                     at ./src/prices.rs:31:17
           3: shop::checkout::{{closure}}
                     at ./src/checkout.rs:12:9
           4: <core::pin::Pin<P> as core::future::future::Future>::poll
                     at /rustc/59807616e1fa2540724bfbac14d7976d7e4a3860/library/core/src/future/future.rs:125:9
           5: tokio::runtime::park::CachedParkThread::block_on
                     at /home/alice/.cargo/registry/src/index.crates.io-6f17d22bba15001f/tokio-1.38.0/src/runtime/park.rs:281:63
           6: shop::main
                     at ./src/main.rs:9:5
        """#
    static let table = GoldenTable(
        language: "Rust",
        samples: [index, indexAgain, indexRenamed, unwrap, release, releaseRenamed, full, symbols, anyhow],
        same: [
            GoldenPair("an index, run again", index, indexAgain),
            GoldenPair("unwrap, run again", unwrap, unwrapAgain),
            GoldenPair("built for release, run again", release, releaseAgain),
            GoldenPair("all details, run again", full, fullAgain),
            GoldenPair("newer symbols, run again", symbols, symbolsAgain),
            GoldenPair("all details and not", release, full),
            GoldenPair(
                "another compiler", index,
                index.replacing(
                    "59807616e1fa2540724bfbac14d7976d7e4a3860", with: "f6e511eec7342f59a25f7c0534f1dbea00d01b14")),
            GoldenPair("another directory", index, index.replacing("at ./src", with: "at /home/alice/shop/src")),
            GoldenPair(
                "the number of a closure", symbols, symbols.replacing("main::{closure#0}", with: "main::{closure#3}")),
            GoldenPair("the values in causes", anyhow, anyhow.replacing("item 17", with: "item 8")),
            GoldenPair("a cause more", anyhow, anyhow.replacing("    1: conn", with: "    1: timeout\n    2: conn")),
            GoldenPair(
                "packages changed", anyhow,
                anyhow.replacing("tokio-1.38.0", with: "tokio-1.40.1").replacing("CachedParkThread", with: "Park")),
        ],
        different: [
            GoldenPair("an index, a function renamed", index, indexRenamed),
            GoldenPair("built for release, a function renamed", release, releaseRenamed),
            GoldenPair("newer symbols, a function renamed", symbols, symbolsRenamed),
            GoldenPair("another place", index, unwrap),
            GoldenPair("the function", anyhow, anyhow.replacing("prices::load", with: "prices::store")),
            GoldenPair("an outer function", anyhow, anyhow.replacing("shop::checkout", with: "shop::preview")),
            GoldenPair("the file", anyhow, anyhow.replacing("src/prices.rs", with: "src/costs.rs")),
        ]
    )
}
