/// Java, Kotlin, Scala, Groovy, Clojure, Android.
extension StackFormat {
    /// `at loader/module@1.0/package.Class.method(File.java:12)`, with what a logger may put behind it.
    /// Format: the documentation of `java.lang.StackTraceElement.toString`.
    static func jvmFrame(_ line: ByteView) -> StackFrame? {
        guard line.hasPrefix("at "), let opening = line.firstIndex(of: UInt8(ascii: "("), from: 3) else { return nil }
        let name = withoutModule(line[3..<opening])
        guard name.count > 0, name.firstIndex(of: UInt8(ascii: " ")) == nil,
            name.firstIndex(of: UInt8(ascii: ".")) != nil,
            let closing = line.firstIndex(of: UInt8(ascii: ")"), from: opening)
        else { return nil }
        // Behind it stand at most the names of jars in brackets: `~[spring-web-5.3.jar:5.3]`.
        let next = line[closing + 1]
        guard
            closing == line.count - 1
                || next == UInt8(ascii: " ") && line.firstIndex(of: UInt8(ascii: "["), from: closing) != nil
        else { return nil }
        guard let file = jvmFile(line[(opening + 1)..<closing]) else { return nil }
        return StackFrame(function: name, file: file)
    }

    /// What stands in the parentheses, without the line; nil when it is something else, such as the parameters that
    /// .NET prints there.
    private static func jvmFile(_ place: ByteView) -> ByteView? {
        if place.equals("Native Method") { return .empty }
        if place.equals("<generated>") { return place }
        var end = place.count
        while end > 0, place[end - 1].isDigit { end -= 1 }
        let hasLine = end < place.count && end > 0 && place[end - 1] == UInt8(ascii: ":")
        let file = hasLine ? place.prefix(end - 1) : place
        // R8 leaves a number behind it, from which the line can be found.
        if file.equals("Unknown Source") { return .empty }
        if file.firstIndex(of: UInt8(ascii: " ")) != nil || file.isEmpty { return nil }
        // Obfuscated code: `SourceFile:12`.
        if hasLine || file.firstIndex(of: UInt8(ascii: ".")) != nil || file.equals("SourceFile") { return file }
        return nil
    }

    /// The class loader and the module in front of the class. The `/` of a hidden class (`Cart$$Lambda/0x…`) comes
    /// later than its first `$`.
    private static func withoutModule(_ name: ByteView) -> ByteView {
        let limit = name.firstIndex(of: UInt8(ascii: "$")) ?? name.count
        guard let slash = name.lastIndex(of: UInt8(ascii: "/"), before: limit) else { return name }
        return name.dropFirst(slash + 1)
    }

    private static let jvmRuntime = NamePrefixes([
        "java.", "javax.", "jdk.", "sun.", "com.sun.", "kotlin.", "kotlinx.", "scala.", "groovy.", "clojure.",
        "jakarta.",
        "android.", "androidx.", "dalvik.", "libcore.", "com.android.", "com.oracle.graal.", "_COROUTINE.",
        "org.codehaus.groovy.", "org.graalvm.",
    ])
    private static let jvmPackages = NamePrefixes([
        "org.springframework.", "org.apache.", "org.hibernate.", "org.eclipse.", "org.jboss.", "org.wildfly.",
        "org.glassfish.",
        "org.postgresql.", "org.mariadb.", "org.h2.", "org.hsqldb.", "org.mongodb.", "org.neo4j.", "org.flywaydb.",
        "org.quartz.", "org.slf4j.", "org.jooq.", "org.mybatis.", "org.thymeleaf.", "org.gradle.", "org.junit.",
        "org.testng.",
        "org.mockito.", "org.aspectj.", "org.reactivestreams.", "org.elasticsearch.", "org.redisson.", "org.json.",
        "org.yaml.",
        "com.fasterxml.", "com.google.common.", "com.google.gson.", "com.google.inject.", "com.google.protobuf.",
        "com.google.android.", "com.google.firebase.", "com.mysql.", "com.microsoft.sqlserver.", "com.zaxxer.",
        "com.mongodb.",
        "com.amazonaws.", "com.squareup.", "com.netflix.", "com.rabbitmq.", "com.typesafe.", "com.intellij.",
        "com.facebook.react.",
        "io.netty.", "io.vertx.", "io.grpc.", "io.undertow.", "io.reactivex.", "io.micrometer.", "io.micronaut.",
        "io.quarkus.",
        "io.ktor.", "io.lettuce.", "io.r2dbc.", "io.opentelemetry.", "io.jsonwebtoken.", "io.swagger.", "io.smallrye.",
        "io.dropwizard.", "io.confluent.", "io.sentry.", "net.bytebuddy.", "net.sf.", "net.jodah.", "reactor.", "rx.",
        "akka.",
        "play.", "cats.", "zio.", "okhttp3.", "okio.", "retrofit2.", "feign.", "redis.clients.", "oracle.jdbc.",
        "software.amazon.",
        "ch.qos.logback.", "junit.", "javassist.", "dagger.", "coil.", "ring.", "worker.org.gradle.",
    ])

    static func jvmOrigin(of frame: StackFrame) -> FrameOrigin {
        let name = frame.function
        if jvmRuntime.match(name) || frame.file.equals("<generated>") || isGeneratedClass(name) { return .runtime }
        return jvmPackages.match(name) ? .package : .application
    }

    /// Proxies, and the classes behind lambdas that only some virtual machines show.
    private static func isGeneratedClass(_ name: ByteView) -> Bool {
        var index = 0
        while let dollar = name.firstIndex(of: UInt8(ascii: "$"), from: index) {
            if name.has("$Proxy", at: dollar), name[dollar + 6].isDigit || name[dollar + 6] == UInt8(ascii: ".") {
                return true
            }
            if FunctionName.generatedClassEnd(in: name, at: dollar) != nil { return true }
            index = dollar + 1
        }
        return false
    }
}
