import Glibc

extension PartComposer {
    /// Hands the frames of the trace to `sink`, the one where the error happened first. False, with nothing handed
    /// over, when the trace has no usable frame.
    mutating func composeStack<Sink: PartSink & ~Copyable>(_ trace: ByteView, into sink: inout Sink) -> Bool {
        if trace.isEmpty { return false }
        defer { frames.removeAll(keepingCapacity: true) }
        collectFrames(of: trace)
        return emitFrames(into: &sink)
    }

    private mutating func collectFrames(of trace: ByteView) {
        guard let recogniser = Self.recogniser(for: trace) else {
            collect(StackLines(trace, forward: true), GenericFrame.frame(on:))
            return
        }
        collect(StackLines(trace, forward: recogniser.order == .innermostFirst), recogniser.frame)
        // A message longer than all the lines that are read may follow the frames: then they are read from the other
        // end.
        if frames.isEmpty { collect(StackLines(trace, forward: true), recogniser.frame) }
    }

    private mutating func collect(_ lines: StackLines, _ frame: (ByteView) -> StackFrame?) {
        var lines = lines
        while let line = lines.next() {
            if !line.isEmpty, let found = frame(line) { frames.append(found) }
        }
    }

    /// The recogniser that first finds three frames, or most of them. One frame would not do: the message above the
    /// frames may quote a frame of something else.
    private static func recogniser(for trace: ByteView) -> FrameRecogniser? {
        let all = FrameRecogniser.all
        return withUnsafeTemporaryAllocation(of: Int.self, capacity: all.count) { found in
            found.initialize(repeating: 0)
            var best: Int?
            var lines = StackLines(trace, forward: true)
            while let line = lines.next() {
                for index in all.indices where all[index].frame(line) != nil {
                    found[index] += 1
                    if best.map({ found[index] > found[$0] || found[index] == found[$0] && index < $0 }) ?? true {
                        best = index
                    }
                    if found[index] == 3 { return all[index] }
                }
            }
            return best.map { all[$0] }
        }
    }

    private mutating func emitFrames<Sink: PartSink & ~Copyable>(into sink: inout Sink) -> Bool {
        var hasApplication = false
        for frame in frames where frame.isApplication { hasApplication = true }
        scratch.reset(limit: FingerprintLimits.normalisedStackBytes)
        var emitted = 0
        var previous = 0..<0
        var previousFileStart = 0
        for frame in frames where frame.isApplication || !hasApplication {
            let start = scratch.count
            appendFunction(of: frame)
            let fileStart = scratch.count
            SourcePath.append(frame.file, to: &scratch)
            if scratch.overflowed { break }
            let end = scratch.count
            // Nothing known about it, or the same frame again: a recursion counts once, however deep it went.
            let repeats = fileStart - start == previousFileStart - previous.lowerBound && isSame(previous, start..<end)
            if start == end || emitted > 0 && repeats {
                scratch.truncate(to: start)
                continue
            }
            sink.part(.function, scratch.view(start..<fileStart))
            sink.part(.file, scratch.view(fileStart..<end))
            emitted += 1
            if emitted == FingerprintLimits.frames { break }
            previous = start..<end
            previousFileStart = fileStart
        }
        return emitted > 0
    }

    private mutating func appendFunction(of frame: StackFrame) {
        guard let rest = frame.lineRest else {
            FunctionName.append(frame.function, to: &scratch)
            return
        }
        let limit = FingerprintLimits.unrecognisedTextBytes
        var before = MessageNormaliser(frame.function.prefix(limit), replacesQuoted: false)
        before.run(into: &scratch)
        var after = MessageNormaliser(rest.prefix(limit), replacesQuoted: false)
        after.run(into: &scratch)
    }

    private func isSame(_ left: Range<Int>, _ right: Range<Int>) -> Bool {
        guard left.count == right.count else { return false }
        return memcmp(scratch.view(left).base, scratch.view(right).base, left.count) == 0
    }
}
