import PluginPayloads

extension RegistrationHooks {
    /// Lets plugins see and change a record that is about to be registered.
    ///
    /// - Returns: The record that they have made of it.
    /// - Throws: That they refuse it, or that what they made is no record.
    func before<Record: GatewayRecord>(
        _ record: Record,
        _ hooks: any RequestHooks
    ) async throws(GatewayError) -> Record {
        let outcome = try await hooks.run(before) { () throws(GatewayError) in try payload(record.fields) }
        guard let changed = outcome?.modifiedPayload?.root[field] else { return record }
        do throws(GatewayError) {
            return try Record(
                reading: RecordFields(changed, of: Record.kind, keeping: record.fields, stamp: record.stamp)
            )
        } catch {
            throw GatewayError(status: 500, "\(before): what the plugins made is not usable: \(error.message)")
        }
    }

    /// Shows plugins a record that is registered.
    ///
    /// - Throws: That they refuse it.
    func after<Record: GatewayRecord>(_ record: Record, _ hooks: any RequestHooks) async throws(GatewayError) {
        _ = try await hooks.run(after) { () throws(GatewayError) in try payload(record.object) }
    }

    private func payload(_ record: JSONObject) throws(GatewayError) -> PayloadBlock {
        try PayloadBlock.payload { writer in
            writer.beginObject()
            writer.key(field)
            writer.add(record)
            writer.end()
        }
    }
}
