import Fingerprint
import Testing

@Suite struct PythonFrameTests {
    @Test func framesInnermostFirstWithoutLibraries() throws {
        #expect(
            try Report.frames(stack: PythonGolden.django)
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
        #expect(try Report.frames(stack: PythonGolden.django + "\n" + message).count == 3)
    }
}
