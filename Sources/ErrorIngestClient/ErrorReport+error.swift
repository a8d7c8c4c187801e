extension ErrorReport {
    /// The report of a Swift error.
    ///
    /// A Swift error carries no stack trace, so it consists of the place named by `file`, `function` and `line`, and the types of
    /// the errors that caused it, a line each: an error found in a property or an associated value, at most 8. What those say is
    /// in the context, under `causes`.
    /// - Parameters:
    ///   - error: its type's full name becomes the type, its description the message.
    ///   - context: bounded as in `ErrorReport`.
    public init(
        _ error: any Error,
        level: Level = .error,
        context: [String: ContextValue] = [:],
        file: String = #fileID,
        function: String = #function,
        line: UInt = #line
    ) {
        self.init(
            message: Self.message(of: error),
            type: Self.typeName(of: error),
            level: level,
            context: context
        )
        setPlace(of: error, file: file, function: function, line: line)
    }

    /// Writes the stack trace, and what caused `error` into the context.
    mutating func setPlace(of error: (any Error)?, file: String, function: String, line: UInt) {
        var text = "    at \(function) (\(file):\(line))"
        var messages: [ContextValue] = []
        var next = error.flatMap(Self.cause)
        while let cause = next, messages.count < ReportLimits.causes {
            // Not its message: a path or a place in there would be taken for a frame, and make a new error of each value.
            text += "\nCaused by: \(Self.typeName(of: cause))"
            messages.append(.string(Self.message(of: cause)))
            next = Self.cause(of: cause)
        }
        stackTrace = text
        if !messages.isEmpty, context["causes"] == nil { context["causes"] = .array(messages) }
    }

    static func message(of error: any Error) -> String {
        let text = String(describing: error)
        return text.isEmpty ? typeName(of: error) : text
    }

    /// `Module.Type`. Types that are private or inside of a function have an address in their full name, which differs from build
    /// to build and would make a new error of each.
    static func typeName(of error: any Error) -> String {
        var name = String(reflecting: Swift.type(of: error))
        let opening = "(unknown context at "
        while let start = name.firstRange(of: opening), let end = name[start.upperBound...].firstIndex(of: ")") {
            var after = name.index(after: end)
            if after < name.endIndex, name[after] == "." { after = name.index(after: after) }
            name.removeSubrange(start.lowerBound..<after)
        }
        return name
    }

    /// The first error among the properties or associated values.
    private static func cause(of error: any Error) -> (any Error)? {
        for child in Mirror(reflecting: error).children {
            if let cause = child.value as? any Error { return cause }
            // Associated values come as a tuple, and an optional holds its value one level down.
            let inner = Mirror(reflecting: child.value)
            guard inner.displayStyle == .tuple || inner.displayStyle == .optional else { continue }
            for grandchild in inner.children {
                if let cause = grandchild.value as? any Error { return cause }
            }
        }
        return nil
    }
}
