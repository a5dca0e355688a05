import PluginPayloads

extension ConformanceSuite {
    /// Every hook gets a payload without fields and its sample.
    func checkAnswers(of harness: PluginHarness) async -> [ConformanceFinding] {
        var findings: [ConformanceFinding] = []
        for hook in harness.hooks.map(\.name) {
            findings += await answer(of: harness, hook, [:]) { _ in nil }
        }
        for (hook, sample) in samplesByName {
            findings += await answer(of: harness, hook, sample) { $0.error }
            findings += await cancelled(harness, hook, sample)
        }
        return findings
    }

    /// The samples alone, and a hundred times at once.
    func checkConcurrency() async throws(HarnessError) -> [ConformanceFinding] {
        let harness = try make()
        guard !harness.isSerial, !samples.isEmpty else { return [] }
        var findings = await start(harness)
        for (hook, sample) in samplesByName {
            guard let single = try? await harness.invoke(hook, payload: sample) else { continue }
            let others = await withTaskGroup { group in
                for _ in 0..<100 {
                    group.addTask { (try? await harness.invoke(hook, payload: sample)) != single }
                }
                return await group.reduce(into: 0) { count, isOther in count += isOther ? 1 : 0 }
            }
            if others > 0 {
                let message = "\(hook): \(others) of 100 concurrent calls were answered otherwise than a single one"
                findings.append(ConformanceFinding(.concurrency, message))
            }
        }
        findings += await stop(harness)
        return findings + rules(of: harness)
    }

    private var samplesByName: [(String, JSONObject)] { samples.sorted { $0.key < $1.key } }

    private func answer(
        of harness: PluginHarness,
        _ hook: String,
        _ payload: JSONObject,
        _ problem: @escaping @Sendable (HarnessResult) -> String?
    ) async -> [ConformanceFinding] {
        let message = await Patience.wait(patience, orSay: "no answer within \(patience)") {
            do throws(HarnessError) {
                return problem(try await harness.invoke(hook, payload: payload))
            } catch {
                return error.description
            }
        }
        return message.map { [ConformanceFinding(.answers, "\(hook): \($0)")] } ?? []
    }

    private func cancelled(
        _ harness: PluginHarness,
        _ hook: String,
        _ payload: JSONObject
    ) async -> [ConformanceFinding] {
        guard let call = try? harness.begin(hook, payload: payload) else { return [] }
        call.cancel()
        let message = await Patience.wait(patience, orSay: "a cancelled call has not ended within \(patience)") {
            _ = await call.result
            return nil
        }
        return message.map { [ConformanceFinding(.cancellation, "\(hook): \($0)")] } ?? []
    }
}
