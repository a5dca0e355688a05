import GatewayCore
import Hummingbird
import NIOCore
import PluginPayloads

/// Reads JSON bodies within limits, whatever their content type says.
struct BodyReader: Sendable {
    private let maxBytes: Int
    private let limits: JSONLimits
    private let budget: BodyBudget

    init(_ limits: ServerLimits) {
        maxBytes = limits.maxBodyBytes
        self.limits = JSONLimits(
            maxBytes: limits.maxBodyBytes,
            maxDepth: limits.maxJSONDepth,
            maxNodes: limits.maxJSONValues
        )
        budget = BodyBudget(limit: limits.maxBufferedBytes)
    }

    /// Reads a body that may be absent, which counts as an empty object.
    func object(of request: Request) async throws -> BlockValue {
        let root = try await value(of: request)?.root ?? PayloadBlock.emptyObject.root
        guard root.isObject else {
            throw GatewayError.unprocessable("expected a JSON object, found \(root.typeDescription)")
        }
        return root
    }

    /// Reads a body of any type; `nil` if there is none.
    func value(of request: Request) async throws -> PayloadBlock? {
        if let text = request.headers[.contentLength], let length = Int(text), length > maxBytes { throw tooLarge }
        var body = ByteBuffer()
        var taken = 0
        defer { budget.giveBack(taken) }
        for try await var part in request.body {
            guard body.readableBytes + part.readableBytes <= maxBytes else { throw tooLarge }
            try budget.take(part.readableBytes)
            taken += part.readableBytes
            if body.readableBytes == 0 { body = part } else { body.writeBuffer(&part) }
        }
        guard body.readableBytes > 0 else { return nil }
        return try parse(body)
    }

    private func parse(_ body: ByteBuffer) throws(GatewayError) -> PayloadBlock {
        do throws(JSONError) { return try PayloadBlock(json: body, limits: limits) } catch {
            throw .badRequest("the body is not acceptable JSON: \(error)")
        }
    }

    private var tooLarge: GatewayError {
        .tooLarge("the body is larger than \(maxBytes) bytes (server.max_body_bytes)")
    }
}
