import GatewayCore
import Hummingbird
import PluginPayloads

extension Response {
    /// An answer of JSON-RPC 2.0: the whole envelope, with the request's identifier.
    init(_ answer: DispatchAnswer, id: BlockValue) throws(GatewayError) {
        let envelope = try PayloadBlock.payload { writer in
            writer.beginObject()
            writer.add("jsonrpc", "2.0")
            writer.add("id", id)
            writer.add("result", answer.result)
            writer.end()
        }
        self.init(envelope.root, headers: answer.headers)
    }
}
