extension PartComposer {
    /// Hands the frames of the trace to `sink`, the one where the error happened first. False, with nothing handed
    /// over, when the trace has no usable frame.
    mutating func composeStack<Sink: PartSink & ~Copyable>(_ trace: ByteView, into sink: inout Sink) -> Bool {
        if trace.isEmpty { return false }
        defer {
            frames.removeAll(keepingCapacity: true)
            lines.removeAll()
        }
        lines.readFirst(trace)
        let format = recognise()
        if let format { collectFrames(of: trace, format) } else { collectUnknownFrames() }
        sink.recognised(format)
        return emitFrames(format, into: &sink)
    }

    /// The format that first finds three frames, or most of them. One frame would not do: the message above the
    /// frames may quote a frame of something else.
    ///
    /// The lines are tried with each format until it finds one. How many frames it finds from there on is looked up at
    /// once, so that formats which cannot find more, or as many any sooner, need not be tried on the lines behind.
    private func recognise() -> StackFormat? {
        // By raw value: it is known what the format finds.
        var isKnown: UInt16 = 0
        var leader: Candidate?
        for index in 0..<lines.count where !lines[index].isEmpty {
            if let leader, !leader.canLose(to: 0, beginningAt: index) { break }
            for raw in StackFormat.rawValues where isKnown >> UInt16(raw) & 1 == 0 {
                if let leader, !leader.canLose(to: raw, beginningAt: index) { continue }
                guard let format = StackFormat(rawValue: raw), format.frame(in: lines, at: index) != nil else {
                    continue
                }
                isKnown |= 1 << UInt16(raw)
                let candidate = candidate(format, beginningAt: index)
                if let best = leader, !candidate.wins(against: best) { continue }
                leader = candidate
            }
        }
        return leader?.format
    }

    /// A format that has found a frame.
    private struct Candidate {
        /// So many frames are enough.
        static let enough = 3

        var format: StackFormat
        var frames: Int
        /// The line where there were enough; the last one if there never were.
        var end: Int

        func wins(against other: Candidate) -> Bool {
            if frames != other.frames { return frames > other.frames }
            return end != other.end ? end < other.end : format.rawValue < other.format.rawValue
        }

        /// Whether the format with this raw value could win when its first frame is no sooner than at `line`.
        func canLose(to raw: UInt8, beginningAt line: Int) -> Bool {
            end - line + 1 >= (raw < format.rawValue ? frames : frames + 1)
        }
    }

    private func candidate(_ format: StackFormat, beginningAt start: Int) -> Candidate {
        var found = Candidate(format: format, frames: 1, end: lines.count - 1)
        for index in (start + 1)..<lines.count where !lines[index].isEmpty {
            guard format.frame(in: lines, at: index) != nil else { continue }
            found.frames += 1
            if found.frames == Candidate.enough {
                found.end = index
                break
            }
        }
        return found
    }

    private mutating func collectFrames(of trace: ByteView, _ format: StackFormat) {
        switch format.order(of: lines) {
        case .innermostFirst:
            let isOfError = collect(format, stride(from: 0, to: lines.count, by: 1))
            // Of many threads the one of the error may come last. If it does not, the first lines have to do.
            if !isOfError, lines.isCut, format.marksThread {
                lines.readLast(trace)
                if !collect(format, stride(from: 0, to: lines.count, by: 1)) {
                    lines.readFirst(trace)
                    collect(format, stride(from: 0, to: lines.count, by: 1))
                }
            }
        case .innermostLast:
            let isCut = lines.isCut
            if isCut { lines.readLast(trace) }
            collect(format, stride(from: lines.count - 1, through: 0, by: -1))
            // A message longer than all the lines that are read may follow the frames: then they are read from the
            // other end.
            if isCut, frames.isEmpty {
                lines.readFirst(trace)
                collect(format, stride(from: 0, to: lines.count, by: 1))
            }
        }
    }

    /// False when there were frames of several threads and none of them was marked as that of the error.
    @discardableResult
    private mutating func collect(_ format: StackFormat, _ indices: some Sequence<Int>) -> Bool {
        frames.removeAll(keepingCapacity: true)
        var isInside = true
        var isOfError = true
        var hasBegun = false
        for index in indices where !lines[index].isEmpty {
            let line = lines[index]
            if let section = format.section(on: line) {
                switch section {
                case .begins:
                    if !hasBegun { frames.removeAll(keepingCapacity: true) }
                    isInside = !hasBegun
                    hasBegun = true
                case .ends: isInside = false
                case .another: isInside = frames.isEmpty
                }
                isOfError = hasBegun
            } else if !isInside {
                continue
            } else if var frame = format.frame(in: lines, at: index) {
                frame.origin = format.origin(of: frame)
                frames.append(frame)
            } else if let type = format.cause(on: line) {
                frames.append(StackFrame(cause: type))
            }
        }
        return isOfError
    }

    private mutating func collectUnknownFrames() {
        for index in 0..<lines.count {
            let line = lines[index]
            guard !line.isEmpty, var frame = GenericFrame.frame(on: line) else { continue }
            // Without a file it may name any function; it is not known to be a runtime's.
            if !frame.file.isEmpty { frame.origin = Provenance.origin(file: frame.file) }
            frames.append(frame)
        }
    }

    private mutating func emitFrames<Sink: PartSink & ~Copyable>(
        _ format: StackFormat?,
        into sink: inout Sink
    ) -> Bool {
        var hasApplication = false
        for frame in frames where frame.kind == .call && frame.origin == .application { hasApplication = true }
        scratch.reset(limit: FingerprintLimits.normalisedStackBytes)
        var emitted = 0
        var isFull = false
        recent.removeAll()
        // The types of causes wait for the first frame: without any there is no stack.
        var firstCause: Int?
        for index in frames.indices {
            let frame = frames[index]
            guard !isFull else {
                sink.passed(frame, .limit)
                continue
            }
            if frame.kind == .cause {
                if firstCause == nil { firstCause = index }
                recent.removeAll()
                continue
            }
            guard frame.origin == .application || !hasApplication else {
                sink.passed(frame, frame.origin == .runtime ? .runtime : .package)
                continue
            }
            let start = scratch.count
            append(function: frame, format)
            let fileStart = scratch.count
            append(file: frame, format)
            if scratch.overflowed {
                isFull = true
                scratch.truncate(to: start)
                sink.passed(frame, .limit)
                continue
            }
            let end = scratch.count
            // Nothing known about it, or the same frame again: neither the depth of a recursion counts, through however
            // many functions it goes, nor how many tasks of a group failed in the same way.
            let place = RecentFrames.Place(start: start, fileStart: fileStart, end: end)
            if start == end || recent.contains(place, in: scratch) {
                sink.passed(frame, start == end ? .nameless : .repeated)
                scratch.truncate(to: start)
                continue
            }
            if let cause = firstCause { emitCauses(cause..<index, into: &sink) }
            firstCause = nil
            sink.part(.function, scratch.view(start..<fileStart))
            sink.part(.file, scratch.view(fileStart..<end))
            sink.passed(frame, .kept)
            emitted += 1
            isFull = emitted == FingerprintLimits.frames
            recent.append(place)
        }
        if emitted > 0, let firstCause { emitCauses(firstCause..<frames.count, into: &sink) }
        return emitted > 0
    }

    private mutating func emitCauses<Sink: PartSink & ~Copyable>(_ range: Range<Int>, into sink: inout Sink) {
        for index in range where frames[index].kind == .cause {
            let start = scratch.count
            FunctionName.append(frames[index].function, to: &scratch)
            if !scratch.overflowed { sink.part(.cause, scratch.view(start..<scratch.count)) }
            scratch.truncate(to: start)
        }
    }

    private mutating func append(function frame: StackFrame, _ format: StackFormat?) {
        guard let rest = frame.lineRest else {
            format?.appendFunction(frame.function, to: &scratch)
            return
        }
        let limit = FingerprintLimits.unrecognisedTextBytes
        var before = MessageNormaliser(frame.function.prefix(limit), replacesQuoted: false)
        before.run(into: &scratch)
        var after = MessageNormaliser(rest.prefix(limit), replacesQuoted: false)
        after.run(into: &scratch)
    }

    private mutating func append(file frame: StackFrame, _ format: StackFormat?) {
        var file = frame.file.isEmpty ? frame.module : frame.file
        if format?.keepsDirectories == false { file = SourcePath.name(of: file) }
        SourcePath.append(file, to: &scratch)
    }
}
