import HTTPTypes
import Hummingbird
import NIOCore
import PrometheusExposition

/// `GET /metrics`, Prometheus text.
struct MetricsRoute: Sendable {
    let registry: PrometheusRegistry

    func add(to router: some RouterMethods<ServiceRequestContext>) {
        router.get("metrics") { _, _ in
            var text: [UInt8] = []
            await registry.scrape(into: &text)
            return Response(
                status: .ok,
                headers: [.contentType: PrometheusRegistry.contentType],
                body: ResponseBody(byteBuffer: ByteBuffer(bytes: text))
            )
        }
    }
}
