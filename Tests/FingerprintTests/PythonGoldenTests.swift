import Fingerprint
import Testing

@Suite struct PythonGoldenTests {
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

    static let same = [
        GoldenPair(
            "lines", django, django.replacing("line 12", with: "line 1200").replacing("line 31", with: "line 9")),
        GoldenPair("the value in the message", django, django.replacing("'apple'", with: "'pear'")),
        GoldenPair("the source between the frames", django, django.replacing("request.user", with: "request.customer")),
        GoldenPair("another deployment", django, django.replacing("/srv/shop", with: "/srv/releases/20240102/shop")),
        GoldenPair("another home directory", django, django.replacing("/srv/shop", with: "/home/deploy/shop")),
        GoldenPair("another Python", django, django.replacing("python3.11", with: "python3.13")),
        GoldenPair("the package changed", django, django.replacing("exception.py", with: "base.py")),
        GoldenPair("no carets", django, django.replacing("                    ^^^^^^^^^^^^^^^^^^^^^^^^\n", with: "")),
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

    @Test(arguments: same)
    func sameError(_ pair: GoldenPair) throws {
        #expect(try pair.first.fingerprint() == pair.second.fingerprint())
    }

    @Test(arguments: different)
    func differentError(_ pair: GoldenPair) throws {
        #expect(try pair.first.fingerprint() != pair.second.fingerprint())
    }

    @Test func framesInnermostFirstWithoutLibraries() throws {
        #expect(
            try Report.frames(stack: Self.django)
                == ["<genexpr> shop/orders/cart.py", "total shop/orders/cart.py", "checkout shop/orders/views.py"]
        )
    }

    @Test func aSyntaxErrorHasNoFunction() throws {
        #expect(
            try Report.frames(stack: "  File \"/app/t.py\", line 3\n    def f(:\nSyntaxError: invalid syntax") == [
                " t.py"
            ])
    }

    /// The frame nearest to the error is the last one, however long the trace.
    @Test func aLongTraceKeepsItsEnd() throws {
        let frames = (0..<400).map {
            "  File \"/app/m.py\", line \($0), in f\(String(repeating: "x", count: $0 % 7))\n    call()\n"
        }
        let stack = "Traceback (most recent call last):\n" + frames.joined() + "ValueError: x"
        let long = try Report(stack: stack).fingerprint()
        #expect(try long == Report(stack: frames.suffix(100).joined() + "ValueError: x").fingerprint())
        #expect(
            try long
                != Report(
                    stack: stack.replacing("ValueError", with: "  File \"/app/m.py\", line 1, in last\nValueError")
                ).fingerprint())
    }

    @Test func aMessageLongerThanTheLinesReadLeavesTheFrames() throws {
        let message = (0..<500).map { "line of the message \($0)" }.joined(separator: "\n")
        #expect(try Report.frames(stack: Self.django + "\n" + message).count == 3)
    }
}
