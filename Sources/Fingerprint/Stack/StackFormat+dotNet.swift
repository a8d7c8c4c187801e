/// C#, F#, Visual Basic: .NET, .NET Framework and Mono.
extension StackFormat {
    /// `at Shop.Cart.Total(Int32 item) in /app/Cart.cs:line 12`; the file is known only with debug symbols. Mono:
    /// `at Shop.Cart.Total (System.Int32 item) [0x0001a] in /app/Cart.cs:12`.
    static func dotNetFrame(_ line: ByteView) -> StackFrame? {
        guard line.hasPrefix("at "), let opening = parametersStart(line), let closing = closing(of: opening, in: line)
        else {
            return nil
        }
        var name = line[3..<opening]
        let isMono = name.hasSuffix(" ")
        if isMono { name = name.prefix(name.count - 1) }
        guard !name.isEmpty, name.firstIndex(of: UInt8(ascii: " ")) == nil,
            name.firstIndex(of: UInt8(ascii: "/")) == nil
        else { return nil }
        let rest = line.dropFirst(closing + 1)
        if isMono, !rest.hasPrefix(" [0x"), !rest.hasPrefix(" <0x") { return nil }
        if !isMono, !rest.isEmpty, !rest.hasPrefix(" in ") { return nil }
        guard rest.hasPrefix(" "), let place = rest.firstIndex(of: " in ") else {
            // Without a place: `Cart.Total` at the least, not the words and parentheses of a sentence.
            guard name.firstIndex(of: UInt8(ascii: ".")) != nil || name.hasPrefix("lambda_method") else { return nil }
            return StackFrame(function: name, file: .empty)
        }
        let file = rest.dropFirst(place + 4)
        // Mono names the module, by an id, where it has no symbols: `<3f9a2b1c…>:0`.
        if file.hasPrefix("<") { return StackFrame(function: name, file: .empty) }
        let end =
            file.firstIndex(of: ":line ") ?? file.lastIndex(of: UInt8(ascii: ":"), before: file.count) ?? file.count
        return StackFrame(function: name, file: file.prefix(end))
    }

    /// The first parenthesis that opens parameters. Those of a type in `<>` or of a generic in `[]` do not count.
    private static func parametersStart(_ line: ByteView) -> Int? {
        var index = 3
        var depth = 0
        while index < line.count {
            switch line[index] {
            case UInt8(ascii: "<"), UInt8(ascii: "["): depth += 1
            case UInt8(ascii: ">"), UInt8(ascii: "]"): depth -= 1
            case UInt8(ascii: "("): if depth <= 0 { return index }
            default: break
            }
            index += 1
        }
        return nil
    }

    private static func closing(of opening: Int, in line: ByteView) -> Int? {
        var depth = 0
        for index in opening..<line.count {
            if line[index] == UInt8(ascii: "(") { depth += 1 }
            if line[index] == UInt8(ascii: ")") {
                depth -= 1
                if depth == 0 { return index }
            }
        }
        return nil
    }

    /// `---> System.IO.IOException: …`, in an aggregate `---> (Inner Exception #0) System.…`.
    static func dotNetCause(_ line: ByteView) -> ByteView? {
        guard line.hasPrefix("---> ") else { return nil }
        var start = 5
        if line.has("(Inner Exception #", at: start), let end = line.firstIndex(of: ") ") { start = end + 2 }
        return typeName(at: start, in: line)
    }

    private static let dotNetRuntime = NamePrefixes([
        "System.", "Microsoft.", "Windows.", "Mono.", "Interop.", "Internal.", "lambda_method", "UnityEngine.",
        "Xamarin.", "Java.Interop.",
    ])
    private static let dotNetPackages = NamePrefixes([
        "Newtonsoft.", "Npgsql.", "MySql.", "MySqlConnector.", "Oracle.", "Dapper.", "AutoMapper.", "MediatR.",
        "Serilog.", "NLog.",
        "log4net.", "Polly.", "Grpc.", "Google.", "StackExchange.", "MongoDB.", "RabbitMQ.", "Hangfire.",
        "FluentValidation.",
        "Castle.", "Autofac.", "Swashbuckle.", "IdentityServer4.", "Azure.", "Amazon.", "Xunit.", "NUnit.", "Moq.",
        "MassTransit.",
        "Quartz.", "Confluent.", "RestSharp.", "Refit.", "Sentry.", "OpenTelemetry.", "Elastic.", "Nest.",
        "NHibernate.",
    ])

    static func dotNetOrigin(of frame: StackFrame) -> FrameOrigin {
        if dotNetRuntime.match(frame.function) { return .runtime }
        return dotNetPackages.match(frame.function) ? .package : .application
    }
}
