import Hummingbird
import Ingest
import QueueCore

/// `GET /pipelines`: what waits in each queue, how fast it is stored, and how long the oldest job has waited.
struct PipelineRoutes: Sendable {
    let gauges: [Pipeline: QueueGauge]
    /// Waiting dead letters by queue.
    let deadLetters: @Sendable () async throws(WorkFailure) -> [String: Int]

    func add(to router: some RouterMethods<ServiceRequestContext>) {
        router.get("pipelines") { _, _ in
            // Without MySQL this is what an operator looks at first: the rest is shown all the same.
            JSONResponse.make(json(try? await deadLetters()))
        }
    }

    /// `{"pipelines":[{"name","depth","bytes","maxDepth","maxBytes","storedPerSecond","lagSeconds","deadLetters","retryAfterSeconds"}]}`.
    /// What could not be read is null, never 0.
    private func json(_ buried: [String: Int]?) -> [UInt8] {
        var writer = JSONWriter(reserving: 512)
        writer.object { writer in
            writer.key("pipelines")
            writer.array { writer in
                for pipeline in Pipeline.allCases {
                    let reading = gauges[pipeline]?.reading
                    writer.object { writer in
                        writer.field("name", pipeline.queue)
                        writer.field("depth", reading.map { UInt64(clamping: $0.depth.records) })
                        writer.field("bytes", reading.map { UInt64(clamping: $0.depth.bytes) })
                        writer.field("maxDepth", gauges[pipeline].map { UInt64(clamping: $0.limits.maxRecords) })
                        writer.field("maxBytes", gauges[pipeline].map { UInt64(clamping: $0.limits.maxBytes) })
                        writer.field("storedPerSecond", reading?.drainRate.map { ($0 * 10).rounded() / 10 })
                        writer.field(
                            "lagSeconds", reading.map { Double($0.depth.oldestAgeMilliseconds ?? 0) / 1_000 })
                        writer.field("deadLetters", buried.map { UInt64(clamping: $0[pipeline.queue] ?? 0) })
                        writer.field(
                            "retryAfterSeconds", gauges[pipeline].map { UInt64(clamping: $0.retryAfterSeconds) })
                    }
                }
            }
        }
        return writer.bytes
    }
}
