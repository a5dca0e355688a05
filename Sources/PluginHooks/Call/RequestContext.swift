package import PluginPayloads

/// Who asks: the values of a request that all its hooks share.
package struct RequestContext: Sendable {
    package let identity: RequestIdentity
    /// The same as plugins see it.
    package let block: PayloadBlock

    package init(_ identity: RequestIdentity) throws(BlockError) {
        self.identity = identity
        var writer = BlockWriter()
        identity.write(to: &writer)
        block = try writer.finish()
    }

    /// What plugins see of a request that another process has; who asks is known there.
    package init(seenByPlugins block: PayloadBlock) {
        identity = RequestIdentity(requestID: "")
        self.block = block
    }

    /// The user as conditions see it: the text, or the address of a user given as a map.
    package var userText: String? { identity.user?.string ?? identity.user?["email"]?.string }
}
