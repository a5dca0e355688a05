import PluginPayloads

extension ConformanceSuite {
    /// Two instances at a time, one of which goes before the other is used.
    func checkInstances() async throws(HarnessError) -> [ConformanceFinding] {
        var findings: [ConformanceFinding] = []
        var first: PluginHarness? = try make()
        let second = try make()
        if second.name.isEmpty || second.version.isEmpty {
            findings.append(ConformanceFinding(.instances, "the name or the version is missing or no UTF-8"))
        }
        if second.hooks.isEmpty && second.functions.isEmpty {
            findings.append(ConformanceFinding(.instances, "the entry registers no hook"))
        }
        if first?.name != second.name || first?.version != second.version || first?.hooks != second.hooks {
            findings.append(ConformanceFinding(.instances, "two instances say another name, version or other hooks"))
        }
        findings += await start(second)
        first = nil
        findings += await checkAnswers(of: second)
        findings += await stop(second)
        return findings + rules(of: second)
    }

    func checkUnknownKey() throws(HarnessError) -> [ConformanceFinding] {
        let key = "hookgate_conformance_unknown_key"
        var configuration = configuration
        configuration[key] = true
        let problems: [RecordedProblem]
        do {
            problems = try make(configuration).problems
        } catch {
            problems = error.problems
        }
        guard !problems.contains(where: { $0.pointer == "/" + key }) else { return [] }
        return [ConformanceFinding(.configuration, "the unknown key \(key) is not reported")]
    }

    func rules(of harness: PluginHarness) -> [ConformanceFinding] {
        harness.complaints.map { ConformanceFinding(.rules, $0) }
    }
}

// MARK: - Start and stop

extension ConformanceSuite {
    func start(_ harness: PluginHarness) async -> [ConformanceFinding] {
        let start = await ending("start") { () async throws(HarnessError) in try await harness.start() }
        let health = await ending("health") { () async throws(HarnessError) in try await harness.health() }
        return start + health
    }

    func stop(_ harness: PluginHarness) async -> [ConformanceFinding] {
        await ending("stop") { () async throws(HarnessError) in try await harness.stop() }
    }

    private func ending(
        _ name: String,
        _ function: @escaping @Sendable () async throws(HarnessError) -> Void
    ) async -> [ConformanceFinding] {
        let message = await Patience.wait(patience, orSay: "\(name) has not ended within \(patience)") {
            do throws(HarnessError) {
                try await function()
                return nil
            } catch {
                return error.description
            }
        }
        return message.map { [ConformanceFinding(.lifecycle, $0)] } ?? []
    }
}
