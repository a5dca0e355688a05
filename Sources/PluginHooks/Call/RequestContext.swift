package import CJournal
package import PluginPayloads

/// Who asks: the values of a request that all its hooks share.
package struct RequestContext: Sendable {
    package let identity: RequestIdentity
    /// The same as plugins see it.
    package let block: PayloadBlock
    /// The beginning of the request's id, as the crash journal notes it in every call.
    package let mark: hookgate_journal_request

    package init(_ identity: RequestIdentity) throws(BlockError) {
        self.identity = identity
        mark = hookgate_journal_request(identity.requestID)
        var writer = BlockWriter()
        identity.write(to: &writer)
        block = try writer.finish()
    }

    /// What plugins see of a request that another process has; who asks is known there.
    package init(seenByPlugins block: PayloadBlock) {
        identity = RequestIdentity(requestID: "")
        self.block = block
        // The journal is the other process's.
        mark = hookgate_journal_request()
    }

    /// The user as conditions see it: the text, or the address of a user given as a map.
    package var userText: String? { identity.user?.string ?? identity.user?["email"]?.string }
}

extension hookgate_journal_request {
    /// Takes as many bytes of an id as there is room for.
    fileprivate init(_ id: String) {
        self.init()
        // The bytes are copied at once, into a structure of numbers alone, for which any bytes will do.
        unsafe withUnsafeMutableBytes(of: &self) { unsafe $0.copyBytes(from: id.utf8.prefix($0.count)) }
    }
}
