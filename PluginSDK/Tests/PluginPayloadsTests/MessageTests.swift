import PluginPayloads
import Testing

@Suite("Messages and prompt results")
struct MessageTests {
    @Test(
        "the text of a content is found in both its forms",
        arguments: [
            ("hi", "hi"), (["type": "text", "text": "hi"], "hi"),
            (["type": "image", "text": "hi"], nil), (["text": "hi"], nil), ([["type": "text", "text": "hi"]], nil),
            (nil, nil), (["type": "text", "text": 1], nil),
        ] as [(JSONValue, String?)]
    )
    func textOfContent(_ content: JSONValue, _ text: String?) {
        #expect(PromptMessage(role: "user", content: content).text == text)
    }

    @Test(
        "assigning the text keeps the content's form",
        arguments: [
            ("old", "new"),
            (
                ["type": "text", "text": "old", "annotations": [1]],
                ["type": "text", "text": "new", "annotations": [1]]
            ),
            (["type": "image", "data": "…"], ["type": "text", "text": "new"]),
            (nil, ["type": "text", "text": "new"]),
        ] as [(JSONValue, JSONValue)]
    )
    func assigningTextKeepsForm(_ before: JSONValue, _ after: JSONValue) {
        var message = PromptMessage(role: "user", content: before)
        message.text = "new"
        #expect(message.json == ["role": "user", "content": after])
    }

    @Test("removing the text makes the content null")
    func removingText() {
        var message = PromptMessage(role: "user", content: "old")
        message.text = nil
        #expect(message.json == ["role": "user", "content": nil])
    }

    @Test("a message keeps what else it holds, and one without a role has none")
    func messagesKeepOtherKeys() {
        var message = PromptMessage(["id": 7, "role": "user", "content": "hi"])
        message.role = "assistant"
        #expect(message.json == ["id": 7, "role": "assistant", "content": "hi"])
        #expect(PromptMessage("bare").role == "")
        #expect(PromptMessage("bare").content == .null)
    }

    @Test("changing one message of a result keeps everything else")
    func resultsKeepOtherKeys() throws {
        let block = try PayloadBlock(
            [
                "prompt_id": "p",
                "result": [
                    "description": "d", "_meta": ["a": 1],
                    "messages": [["role": "user", "content": "one"], ["role": "assistant", "content": "two"]],
                ],
            ] as JSONObject
        )
        var payload = try PromptPostFetchPayload(block: block)
        payload.result.messages[1].text = "three"
        payload.result.description = nil
        #expect(
            try reply(of: payload) == [
                "result": [
                    "description": nil, "_meta": ["a": 1],
                    "messages": [["role": "user", "content": "one"], ["role": "assistant", "content": "three"]],
                ]
            ]
        )
    }

    @Test(
        "a result that is no object has no messages",
        arguments: ["text", nil, [1], ["messages": 1]] as [JSONValue]
    )
    func otherResultsHaveNoMessages(_ json: JSONValue) {
        #expect(PromptResult(json).messages == [])
        #expect(PromptResult(json).description == nil)
    }

    @Test("a result is made of messages")
    func resultOfMessages() {
        let result = PromptResult(messages: [PromptMessage(role: "user", content: "hi")], description: "d")
        #expect(result.json == ["messages": [["role": "user", "content": "hi"]], "description": "d"])
    }
}
