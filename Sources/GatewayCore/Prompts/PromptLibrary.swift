import PluginPayloads
import Synchronization

/// All prompts, ready to be rendered; what is written is in the store before anyone sees it.
package final class PromptLibrary: Sendable {
    private struct Entries {
        /// In the order of their making.
        var all: [CompiledPrompt] = []
        var places: [String: Int] = [:]

        /// A prompt by its name or, if no name is meant, its identifier.
        func find(_ nameOrID: String) -> CompiledPrompt? { places[nameOrID].map { all[$0] } }

        mutating func put(_ prompt: CompiledPrompt) {
            if let place = all.firstIndex(where: { $0.prompt.id == prompt.prompt.id }) {
                all[place] = prompt
            } else {
                all.append(prompt)
            }
            index()
        }

        mutating func remove(id: String) {
            all.removeAll { $0.prompt.id == id }
            index()
        }

        private mutating func index() {
            places = Dictionary(all.enumerated().map { ($1.prompt.id, $0) }) { first, _ in first }
            for (place, prompt) in all.enumerated() { places[prompt.prompt.name] = place }
        }
    }

    private let store: any PromptStore
    private let entries = Mutex(Entries())
    private let writes = SerialWork()

    /// Reads all prompts of a store.
    ///
    /// - Parameters:
    ///   - store: The store, to which nobody else writes.
    ///   - unusable: Is told of a prompt that was stored by another version and does not compile in this one.
    /// - Throws: What the store throws.
    package init(_ store: any PromptStore, unusable: (Prompt, GatewayError) -> Void) async throws {
        self.store = store
        let prompts = try await store.prompts()
        for prompt in prompts {
            do throws(GatewayError) {
                let compiled = try CompiledPrompt(prompt)
                entries.withLock { $0.put(compiled) }
            } catch {
                unusable(prompt, error)
            }
        }
    }

    /// All prompts, the oldest first.
    package var prompts: [Prompt] { entries.withLock { $0.all.map(\.prompt) } }

    /// A prompt by its name or identifier.
    func find(_ nameOrID: String) throws(GatewayError) -> CompiledPrompt {
        guard let prompt = entries.withLock({ $0.find(nameOrID) }) else {
            throw .notFound("prompt not found: \(nameOrID)")
        }
        return prompt
    }

    /// Makes a prompt.
    ///
    /// - Throws: That it is not valid, or that its name is taken.
    package func create(_ form: PromptForm) async throws -> Prompt {
        let missing = [("name", form.name), ("template", form.template)].filter { $0.1 == nil }.map(\.0)
        guard let name = form.name, let template = form.template else {
            throw GatewayError.unprocessable("the prompt is not valid: missing " + missing.joined(separator: " and "))
        }
        let now = Timestamp.now.text
        let prompt = Prompt(
            id: Identifier.random(),
            name: name,
            template: template,
            description: form.description?.string,
            arguments: form.arguments ?? [],
            createdAt: now,
            updatedAt: now
        )
        let compiled = try CompiledPrompt(prompt)
        return try await writes.run { [self] in
            try requireFree(name, for: prompt.id)
            try await store.insert(prompt)
            entries.withLock { $0.put(compiled) }
            return prompt
        }
    }

    /// Changes what a form says of a prompt, and keeps the rest.
    ///
    /// - Throws: That there is no such prompt, that the new one is not valid, or that its name is taken.
    package func update(_ nameOrID: String, _ form: PromptForm) async throws -> Prompt {
        try await writes.run { [self] in
            var prompt = try find(nameOrID).prompt
            prompt.apply(form)
            let compiled = try CompiledPrompt(prompt)
            try requireFree(prompt.name, for: prompt.id)
            try await store.update(prompt)
            entries.withLock { $0.put(compiled) }
            return prompt
        }
    }

    /// Removes a prompt.
    ///
    /// - Throws: That there is no such prompt.
    package func delete(_ nameOrID: String) async throws {
        try await writes.run { [self] in
            let id = try find(nameOrID).prompt.id
            try await store.delete(id: id)
            entries.withLock { $0.remove(id: id) }
        }
    }

    private func requireFree(_ name: String, for id: String) throws(GatewayError) {
        guard let owner = entries.withLock({ $0.find(name) }), owner.prompt.id != id else { return }
        throw .conflict("a prompt named \"\(name)\" exists already; change it with PUT /prompts/\(name)")
    }
}

extension Prompt {
    fileprivate mutating func apply(_ form: PromptForm) {
        if let name = form.name { self.name = name }
        if let template = form.template { self.template = template }
        if let description = form.description { self.description = description.string }
        if let arguments = form.arguments { self.arguments = arguments }
        updatedAt = Timestamp.now.text
    }
}
