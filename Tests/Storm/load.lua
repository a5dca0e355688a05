-- The load of the storm, for wrk: posts to one prompt, and looks at every answer.
--
-- An answer is right if it shows one version of the plugin, the same before and after the prompt was rendered.

versions = {}
right = 0
wrong = 0
sample = ""
local threads = {}

function setup(thread)
    table.insert(threads, thread)
end

function init(arguments)
    wrk.method = "POST"
    wrk.body = '{"name": "Ada"}'
end

function response(status, headers, body)
    local before, after = body:match('"before (version%-plugin%-%d+) for Ada after (version%-plugin%-%d+)"')
    if status == 200 and before and before == after then
        right = right + 1
        versions[before] = true
    else
        wrong = wrong + 1
        sample = status .. " " .. body
    end
end

function done(summary, latency, requests)
    local seen = {}
    local all = {right = 0, wrong = 0, sample = ""}
    for _, thread in ipairs(threads) do
        for version in pairs(thread:get("versions")) do seen[version] = true end
        all.right = all.right + thread:get("right")
        all.wrong = all.wrong + thread:get("wrong")
        if thread:get("sample") ~= "" then all.sample = thread:get("sample") end
    end
    local count = 0
    for _ in pairs(seen) do count = count + 1 end
    local errors = summary.errors
    io.write("right ", all.right, "\n", "wrong ", all.wrong, "\n", "versions ", count, "\n")
    io.write("socket_errors ", errors.connect + errors.read + errors.write, "\n", "timeouts ", errors.timeout, "\n")
    io.write("slowest_ms ", math.floor(latency.max / 1000), "\n")
    if all.sample ~= "" then io.write("sample ", all.sample:gsub("\n", " "), "\n") end
end
