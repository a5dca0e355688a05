/// Where a line for each request goes.
package protocol AccessLog: Sendable {
    /// Whether lines are written at all.
    var isEnabled: Bool { get }

    /// Writes a line; it never waits.
    func record(_ entry: AccessEntry)
}

/// One request, without anything that it or its answer holds.
package struct AccessEntry: Sendable, Equatable {
    package let requestID: String
    package let method: String
    /// Without the query.
    package let path: String
    package let status: Int
    /// Of the response's body, if they were known when it began.
    package let bytes: Int?
    package let nanoseconds: Int64
    /// The plugin that blocked the request or failed.
    package let plugin: String?

    package init(
        requestID: String,
        method: String,
        path: String,
        status: Int,
        bytes: Int?,
        nanoseconds: Int64,
        plugin: String?
    ) {
        self.requestID = requestID
        self.method = method
        self.path = path
        self.status = status
        self.bytes = bytes
        self.nanoseconds = nanoseconds
        self.plugin = plugin
    }
}
