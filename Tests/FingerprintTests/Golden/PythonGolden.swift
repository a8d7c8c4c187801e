/// CPython.
enum PythonGolden {
    static let django = """
        Traceback (most recent call last):
          File "/srv/shop/venv/lib/python3.11/site-packages/django/core/handlers/exception.py", line 55, in inner
            response = get_response(request)
          File "/srv/shop/orders/views.py", line 31, in checkout
            total = cart.total(request.user)
                    ^^^^^^^^^^^^^^^^^^^^^^^^
          File "/srv/shop/orders/cart.py", line 12, in total
            return sum(prices[item] for item in items)
          File "/srv/shop/orders/cart.py", line 12, in <genexpr>
            return sum(prices[item] for item in items)
          File "/usr/lib/python3.11/collections/__init__.py", line 1004, in __missing__
            raise KeyError(key)
        KeyError: 'apple'
        """

    /// What Python 3.11 really printed. `Again` is the same program with its lines moved and other values, `Renamed`
    /// has another name for one function. Only the names of directories were changed by hand.
    static let generator = #"""
        Traceback (most recent call last):
          File "/home/alice/shop/main.py", line 4, in run
            try: f(*a)
                 ^^^^^
          File "/home/alice/shop/main.py", line 10, in <lambda>
            run(lambda: Cart().total(["a","b"]))
                        ^^^^^^^^^^^^^^^^^^^^^^^
          File "/home/alice/shop/orders/cart.py", line 4, in total
            return sum(self.price(i) for i in items)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/home/alice/shop/orders/cart.py", line 4, in <genexpr>
            return sum(self.price(i) for i in items)
                       ^^^^^^^^^^^^^
          File "/home/alice/shop/orders/cart.py", line 6, in price
            return {"a": 1}[item]
                   ~~~~~~~~^^^^^^
        KeyError: 'b'
        """#
    static let generatorAgain = #"""
        Traceback (most recent call last):
          File "/srv/releases/20240102/shop/main.py", line 7, in run
            try: f(*a)
                 ^^^^^
          File "/srv/releases/20240102/shop/main.py", line 13, in <lambda>
            run(lambda: Cart().total(["a","b"]))
                        ^^^^^^^^^^^^^^^^^^^^^^^
          File "/srv/releases/20240102/shop/orders/cart.py", line 7, in total
            return sum(self.price(i) for i in items)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/srv/releases/20240102/shop/orders/cart.py", line 7, in <genexpr>
            return sum(self.price(i) for i in items)
                       ^^^^^^^^^^^^^
          File "/srv/releases/20240102/shop/orders/cart.py", line 9, in price
            return {"a": 1}[item]
                   ~~~~~~~~^^^^^^
        KeyError: 'b'
        """#
    static let generatorRenamed = #"""
        Traceback (most recent call last):
          File "/home/alice/shop/main.py", line 4, in run
            try: f(*a)
                 ^^^^^
          File "/home/alice/shop/main.py", line 10, in <lambda>
            run(lambda: Cart().total(["a","b"]))
                        ^^^^^^^^^^^^^^^^^^^^^^^
          File "/home/alice/shop/orders/cart.py", line 4, in total
            return sum(self.cost(i) for i in items)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/home/alice/shop/orders/cart.py", line 4, in <genexpr>
            return sum(self.cost(i) for i in items)
                       ^^^^^^^^^^^^
          File "/home/alice/shop/orders/cart.py", line 6, in cost
            return {"a": 1}[item]
                   ~~~~~~~~^^^^^^
        KeyError: 'b'
        """#
    /// `raise … from …`.
    static let directCause = #"""
        Traceback (most recent call last):
          File "/home/alice/shop/orders/cart.py", line 11, in checkout
            return cart.total(["a", "pear"])
                   ^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/home/alice/shop/orders/cart.py", line 4, in total
            return sum(self.price(i) for i in items)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/home/alice/shop/orders/cart.py", line 4, in <genexpr>
            return sum(self.price(i) for i in items)
                       ^^^^^^^^^^^^^
          File "/home/alice/shop/orders/cart.py", line 6, in price
            return {"a": 1}[item]
                   ~~~~~~~~^^^^^^
        KeyError: 'pear'

        The above exception was the direct cause of the following exception:

        Traceback (most recent call last):
          File "/home/alice/shop/main.py", line 4, in run
            try: f(*a)
                 ^^^^^
          File "/home/alice/shop/orders/cart.py", line 13, in checkout
            raise RuntimeError("checkout of order 4711") from e
        RuntimeError: checkout of order 4711
        """#
    static let directCauseAgain = #"""
        Traceback (most recent call last):
          File "/srv/releases/20240102/shop/orders/cart.py", line 14, in checkout
            return cart.total(["a", "plum"])
                   ^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/srv/releases/20240102/shop/orders/cart.py", line 7, in total
            return sum(self.price(i) for i in items)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/srv/releases/20240102/shop/orders/cart.py", line 7, in <genexpr>
            return sum(self.price(i) for i in items)
                       ^^^^^^^^^^^^^
          File "/srv/releases/20240102/shop/orders/cart.py", line 9, in price
            return {"a": 1}[item]
                   ~~~~~~~~^^^^^^
        KeyError: 'plum'

        The above exception was the direct cause of the following exception:

        Traceback (most recent call last):
          File "/srv/releases/20240102/shop/main.py", line 7, in run
            try: f(*a)
                 ^^^^^
          File "/srv/releases/20240102/shop/orders/cart.py", line 16, in checkout
            raise RuntimeError("checkout of order 98012") from e
        RuntimeError: checkout of order 98012
        """#
    static let directCauseRenamed = #"""
        Traceback (most recent call last):
          File "/home/alice/shop/orders/cart.py", line 11, in checkout
            return cart.total(["a", "pear"])
                   ^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/home/alice/shop/orders/cart.py", line 4, in total
            return sum(self.cost(i) for i in items)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/home/alice/shop/orders/cart.py", line 4, in <genexpr>
            return sum(self.cost(i) for i in items)
                       ^^^^^^^^^^^^
          File "/home/alice/shop/orders/cart.py", line 6, in cost
            return {"a": 1}[item]
                   ~~~~~~~~^^^^^^
        KeyError: 'pear'

        The above exception was the direct cause of the following exception:

        Traceback (most recent call last):
          File "/home/alice/shop/main.py", line 4, in run
            try: f(*a)
                 ^^^^^
          File "/home/alice/shop/orders/cart.py", line 13, in checkout
            raise RuntimeError("checkout of order 4711") from e
        RuntimeError: checkout of order 4711
        """#
    /// Another exception while the first was handled.
    static let duringHandling = #"""
        Traceback (most recent call last):
          File "/home/alice/shop/orders/cart.py", line 16, in audit
            cart.total(["x"])
          File "/home/alice/shop/orders/cart.py", line 4, in total
            return sum(self.price(i) for i in items)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/home/alice/shop/orders/cart.py", line 4, in <genexpr>
            return sum(self.price(i) for i in items)
                       ^^^^^^^^^^^^^
          File "/home/alice/shop/orders/cart.py", line 6, in price
            return {"a": 1}[item]
                   ~~~~~~~~^^^^^^
        KeyError: 'x'

        During handling of the above exception, another exception occurred:

        Traceback (most recent call last):
          File "/home/alice/shop/main.py", line 4, in run
            try: f(*a)
                 ^^^^^
          File "/home/alice/shop/orders/cart.py", line 18, in audit
            open("/nope/audit-4711")
        FileNotFoundError: [Errno 2] No such file or directory: '/nope/audit-4711'
        """#
    static let duringHandlingAgain = #"""
        Traceback (most recent call last):
          File "/srv/releases/20240102/shop/orders/cart.py", line 19, in audit
            cart.total(["x"])
          File "/srv/releases/20240102/shop/orders/cart.py", line 7, in total
            return sum(self.price(i) for i in items)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/srv/releases/20240102/shop/orders/cart.py", line 7, in <genexpr>
            return sum(self.price(i) for i in items)
                       ^^^^^^^^^^^^^
          File "/srv/releases/20240102/shop/orders/cart.py", line 9, in price
            return {"a": 1}[item]
                   ~~~~~~~~^^^^^^
        KeyError: 'x'

        During handling of the above exception, another exception occurred:

        Traceback (most recent call last):
          File "/srv/releases/20240102/shop/main.py", line 7, in run
            try: f(*a)
                 ^^^^^
          File "/srv/releases/20240102/shop/orders/cart.py", line 21, in audit
            open("/nope/audit-98012")
        FileNotFoundError: [Errno 2] No such file or directory: '/nope/audit-98012'
        """#
    static let duringHandlingRenamed = #"""
        Traceback (most recent call last):
          File "/home/alice/shop/orders/cart.py", line 16, in audit
            cart.total(["x"])
          File "/home/alice/shop/orders/cart.py", line 4, in total
            return sum(self.cost(i) for i in items)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/home/alice/shop/orders/cart.py", line 4, in <genexpr>
            return sum(self.cost(i) for i in items)
                       ^^^^^^^^^^^^
          File "/home/alice/shop/orders/cart.py", line 6, in cost
            return {"a": 1}[item]
                   ~~~~~~~~^^^^^^
        KeyError: 'x'

        During handling of the above exception, another exception occurred:

        Traceback (most recent call last):
          File "/home/alice/shop/main.py", line 4, in run
            try: f(*a)
                 ^^^^^
          File "/home/alice/shop/orders/cart.py", line 18, in audit
            open("/nope/audit-4711")
        FileNotFoundError: [Errno 2] No such file or directory: '/nope/audit-4711'
        """#
    /// An exception group of asyncio.
    static let group = #"""
          + Exception Group Traceback (most recent call last):
          |   File "/home/alice/shop/main.py", line 4, in run
          |     try: f(*a)
          |          ^^^^^
          |   File "/home/alice/shop/main.py", line 14, in <lambda>
          |     run(lambda: asyncio.run(group()))
          |                 ^^^^^^^^^^^^^^^^^^^^
          |   File "/usr/lib/python3.11/asyncio/runners.py", line 190, in run
          |     return runner.run(main)
          |            ^^^^^^^^^^^^^^^^
          |   File "/usr/lib/python3.11/asyncio/runners.py", line 118, in run
          |     return self._loop.run_until_complete(task)
          |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |   File "/usr/lib/python3.11/asyncio/base_events.py", line 653, in run_until_complete
          |     return future.result()
          |            ^^^^^^^^^^^^^^^
          |   File "/home/alice/shop/main.py", line 8, in group
          |     async with asyncio.TaskGroup() as g:
          |   File "/usr/lib/python3.11/asyncio/taskgroups.py", line 145, in __aexit__
          |     raise me from None
          | ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)
          +-+---------------- 1 -------------
        """#
    static let groupAgain = #"""
          + Exception Group Traceback (most recent call last):
          |   File "/srv/releases/20240102/shop/main.py", line 7, in run
          |     try: f(*a)
          |          ^^^^^
          |   File "/srv/releases/20240102/shop/main.py", line 17, in <lambda>
          |     run(lambda: asyncio.run(group()))
          |                 ^^^^^^^^^^^^^^^^^^^^
          |   File "/usr/lib/python3.11/asyncio/runners.py", line 190, in run
          |     return runner.run(main)
          |            ^^^^^^^^^^^^^^^^
          |   File "/usr/lib/python3.11/asyncio/runners.py", line 118, in run
          |     return self._loop.run_until_complete(task)
          |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |   File "/usr/lib/python3.11/asyncio/base_events.py", line 653, in run_until_complete
          |     return future.result()
          |            ^^^^^^^^^^^^^^^
          |   File "/srv/releases/20240102/shop/main.py", line 11, in group
          |     async with asyncio.TaskGroup() as g:
          |   File "/usr/lib/python3.11/asyncio/taskgroups.py", line 145, in __aexit__
          |     raise me from None
          | ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)
          +-+---------------- 1 -------------
        """#
    static let groupRenamed = #"""
          + Exception Group Traceback (most recent call last):
          |   File "/home/alice/shop/main.py", line 4, in run
          |     try: f(*a)
          |          ^^^^^
          |   File "/home/alice/shop/main.py", line 14, in <lambda>
          |     run(lambda: asyncio.run(group()))
          |                 ^^^^^^^^^^^^^^^^^^^^
          |   File "/usr/lib/python3.11/asyncio/runners.py", line 190, in run
          |     return runner.run(main)
          |            ^^^^^^^^^^^^^^^^
          |   File "/usr/lib/python3.11/asyncio/runners.py", line 118, in run
          |     return self._loop.run_until_complete(task)
          |            ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          |   File "/usr/lib/python3.11/asyncio/base_events.py", line 653, in run_until_complete
          |     return future.result()
          |            ^^^^^^^^^^^^^^^
          |   File "/home/alice/shop/main.py", line 8, in group
          |     async with asyncio.TaskGroup() as g:
          |   File "/usr/lib/python3.11/asyncio/taskgroups.py", line 145, in __aexit__
          |     raise me from None
          | ExceptionGroup: unhandled errors in a TaskGroup (2 sub-exceptions)
          +-+---------------- 1 -------------
        """#
    /// The innermost frames are those of the standard library.
    static let json = #"""
        Traceback (most recent call last):
          File "/home/alice/shop/main.py", line 4, in run
            try: f(*a)
                 ^^^^^
          File "/home/alice/shop/orders/cart.py", line 8, in load
            return json.loads(text)
                   ^^^^^^^^^^^^^^^^
          File "/usr/lib/python3.11/json/__init__.py", line 346, in loads
            return _default_decoder.decode(s)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/usr/lib/python3.11/json/decoder.py", line 337, in decode
            obj, end = self.raw_decode(s, idx=_w(s, 0).end())
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode
            raise JSONDecodeError("Expecting value", s, err.value) from None
        json.decoder.JSONDecodeError: Expecting value: line 1 column 6 (char 5)
        """#
    static let jsonAgain = #"""
        Traceback (most recent call last):
          File "/srv/releases/20240102/shop/main.py", line 7, in run
            try: f(*a)
                 ^^^^^
          File "/srv/releases/20240102/shop/orders/cart.py", line 11, in load
            return json.loads(text)
                   ^^^^^^^^^^^^^^^^
          File "/usr/lib/python3.11/json/__init__.py", line 346, in loads
            return _default_decoder.decode(s)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/usr/lib/python3.11/json/decoder.py", line 337, in decode
            obj, end = self.raw_decode(s, idx=_w(s, 0).end())
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode
            raise JSONDecodeError("Expecting value", s, err.value) from None
        json.decoder.JSONDecodeError: Expecting value: line 1 column 6 (char 5)
        """#
    static let jsonRenamed = #"""
        Traceback (most recent call last):
          File "/home/alice/shop/main.py", line 4, in run
            try: f(*a)
                 ^^^^^
          File "/home/alice/shop/orders/cart.py", line 8, in load
            return json.loads(text)
                   ^^^^^^^^^^^^^^^^
          File "/usr/lib/python3.11/json/__init__.py", line 346, in loads
            return _default_decoder.decode(s)
                   ^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/usr/lib/python3.11/json/decoder.py", line 337, in decode
            obj, end = self.raw_decode(s, idx=_w(s, 0).end())
                       ^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^^
          File "/usr/lib/python3.11/json/decoder.py", line 355, in raw_decode
            raise JSONDecodeError("Expecting value", s, err.value) from None
        json.decoder.JSONDecodeError: Expecting value: line 1 column 6 (char 5)
        """#

    static let table = GoldenTable(
        language: "Python",
        samples: [django, generator, generatorAgain, directCause, directCauseRenamed, duringHandling, group, json],
        same: same, different: different)

    static let same = [
        GoldenPair("a generator, run again", generator, generatorAgain),
        GoldenPair("a direct cause, run again", directCause, directCauseAgain),
        GoldenPair("during handling, run again", duringHandling, duringHandlingAgain),
        GoldenPair("a group of asyncio, run again", group, groupAgain),
        GoldenPair("the standard library, run again", json, jsonAgain),
        GoldenPair(
            "lines", django, django.replacing("line 12", with: "line 1200").replacing("line 31", with: "line 9")),
        GoldenPair("the value in the message", django, django.replacing("'apple'", with: "'pear'")),
        GoldenPair("the source between the frames", django, django.replacing("request.user", with: "request.customer")),
        GoldenPair("another deployment", django, django.replacing("/srv/shop", with: "/srv/releases/20240102/shop")),
        GoldenPair("another home directory", django, django.replacing("/srv/shop", with: "/home/deploy/shop")),
        GoldenPair("another Python", django, django.replacing("python3.11", with: "python3.13")),
        GoldenPair("the package changed", django, django.replacing("exception.py", with: "base.py")),
        GoldenPair(
            "no carets", django,
            django.split(separator: "\n").filter { !$0.contains("^^^") }.joined(separator: "\n")),
        GoldenPair("no header", django, django.replacing("Traceback (most recent call last):\n", with: "")),
        GoldenPair(
            "depth of a recursion",
            "  File \"/app/t.py\", line 3, in main\n  File \"/app/t.py\", line 1, in walk\n",
            """
              File "/app/t.py", line 3, in main
              File "/app/t.py", line 1, in walk
              File "/app/t.py", line 1, in walk
              [Previous line repeated 970 more times]
            RecursionError: maximum recursion depth exceeded
            """
        ),
        GoldenPair("an exception group", django, django.replacing("  File", with: "  |   File")),
        GoldenPair(
            "Windows",
            "  File \"C:\\Users\\bob\\shop\\cart.py\", line 3, in total",
            "  File \"/home/alice/shop/cart.py\", line 4, in total"
        ),
    ]

    static let different = [
        GoldenPair("a generator, a function renamed", generator, generatorRenamed),
        GoldenPair("a direct cause, a function renamed", directCause, directCauseRenamed),
        GoldenPair("during handling, a function renamed", duringHandling, duringHandlingRenamed),
        GoldenPair(
            "without the cause", directCause,
            String(directCause[directCause.firstRange(of: "The above")!.lowerBound...])),
        GoldenPair("the function", django, django.replacing("in total", with: "in subtotal")),
        GoldenPair("an outer function", django, django.replacing("in checkout", with: "in preview")),
        GoldenPair("the file", django, django.replacing("cart.py", with: "basket.py")),
        GoldenPair("the directory", django, django.replacing("orders/", with: "returns/")),
        GoldenPair(
            "only the library's frames",
            "  File \"/usr/lib/python3.11/json/decoder.py\", line 355, in raw_decode",
            "  File \"/usr/lib/python3.11/json/scanner.py\", line 355, in raw_decode"
        ),
    ]
}
