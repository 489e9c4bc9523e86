#include "script/writer/llm/llm_writer.h"

#include <gtest/gtest.h>

#include <chrono>
#include <thread>

#include "base/net/test_server.h"
#include "script/shots/codec.h"
#include "script/writer/llm/chat.h"

namespace script {
namespace {

using base::Json;
using base::testing::TestServer;

constexpr const char* kGood = R"({"report": {"understood": ["steel", "ball"],
   "replaced": [{"asked": "sphere", "used": "ball", "why": "the same"}], "left_out": ["softly"]},
  "shot_list": {"schema": "aozora-shots/1", "title": null, "style": "noir", "width_px": 64,
   "cast": [{"id": "ball", "kind": "ball", "material": "steel", "count": null}],
   "shots": [{"seconds": 4, "place": {"set": "lab", "floor": "concrete"},
              "actions": [{"verb": "drop", "subject": "ball", "height_m": 2}]}]}})";

std::string swapped(std::string text, const std::string& from, const std::string& to) {
    text.replace(text.find(from), from.size(), to);
    return text;
}

std::string completion(const std::string& content) {
    const Json json{
        {"id", "x"},
        {"choices", Json::array({{{"index", 0},
                                  {"finish_reason", "stop"},
                                  {"message", {{"role", "assistant"}, {"content", content}}}}})}};
    return TestServer::answer(200, json.dump());
}

// Answers one after the other, the last again and again; keeps what was asked.
struct Model {
    explicit Model(std::vector<std::string> responses)
        : answers(std::move(responses)), server([this](const std::string& request) {
              requests.push_back(request);
              return answers[std::min(requests.size(), answers.size()) - 1];
          }) {}
    base::Result<Written> write(const WriteOptions& options = {}) {
        return write_with_llm("A steel ball falls.", options,
                              {server.url("/v1"), "tiny", "sk-geheim", 2});
    }
    Json body(size_t i) { return Json::parse(TestServer::body_of(requests.at(i))); }

    std::vector<std::string> answers, requests;
    TestServer server;
};

TEST(LlmWriter, AGoodAnswerBecomesAShotList) {
    Model model({completion(kGood)});
    WriteOptions options;
    options.width_px = 640;
    options.height_px = 360;
    options.seconds = 3;
    options.seed = 5;
    const auto written = model.write(options);
    ASSERT_TRUE(written.ok()) << written.error().text();
    EXPECT_TRUE(validate(written->shots).empty());
    EXPECT_EQ(written->shots.cast.at(0).material, "steel");
    EXPECT_EQ(written->shots.width_px, 640) << "what the caller decides stands";
    EXPECT_EQ(written->shots.seconds(), 3);
    EXPECT_EQ(written->shots.seed, 5u);
    EXPECT_EQ(written->shots.style, Style::Noir);
    EXPECT_EQ(written->shots.prompt, "A steel ball falls.");
    EXPECT_EQ(written->report.understood.size(), 2u);
    EXPECT_EQ(written->report.replaced.at(0).used, "ball");
    EXPECT_EQ(written->report.left_out.at(0), "softly");

    ASSERT_EQ(model.requests.size(), 1u);
    EXPECT_TRUE(model.requests[0].starts_with("POST /v1/chat/completions HTTP/1.1"));
    EXPECT_NE(model.requests[0].find("Authorization: Bearer sk-geheim\r\n"), std::string::npos);
    const Json body = model.body(0);
    EXPECT_EQ(body["model"], "tiny");
    EXPECT_EQ(body["messages"][1]["content"], "A steel ball falls.");
    EXPECT_EQ(body["response_format"]["type"], "json_schema");
    EXPECT_EQ(body["response_format"]["json_schema"]["strict"], true);
    const Json& schema = body["response_format"]["json_schema"]["schema"];
    EXPECT_EQ(schema["properties"]["shot_list"]["properties"]["schema"]["enum"][0],
              "aozora-shots/1");
}

TEST(LlmWriter, AWrongAnswerIsSentBackOnceWithItsMistakes) {
    const std::string wrong = swapped(kGood, "\"kind\": \"ball\"", "\"kind\": \"bowl of dragon\"");
    Model model({completion(wrong), completion("```json\n" + std::string(kGood) + "\n```")});
    const auto written = model.write();
    ASSERT_TRUE(written.ok()) << written.error().text();
    ASSERT_EQ(model.requests.size(), 2u);
    const Json messages = model.body(1)["messages"];
    ASSERT_EQ(messages.size(), 4u);
    EXPECT_EQ(messages[2]["content"], wrong);
    const std::string told = messages[3]["content"];
    EXPECT_NE(told.find("/cast/0/kind"), std::string::npos) << told;
    EXPECT_NE(told.find("bowl of dragon"), std::string::npos);
}

TEST(LlmWriter, GarbageTwiceIsAnError) {
    for (const char* garbage : {"I would rather not.", "", "{\"a\": ", "[]", "{}", "{{{{}}}}"}) {
        Model model({completion(garbage)});
        const auto written = model.write();
        ASSERT_FALSE(written.ok()) << garbage;
        EXPECT_EQ(model.requests.size(), 2u) << garbage;
        EXPECT_NE(written.error().message.find("after one correction"), std::string::npos);
    }
}

TEST(LlmWriter, ServersThatFailAreErrorsWithoutTheKey) {
    const std::vector<std::pair<std::string, std::string>> cases = {
        {TestServer::answer(401, "{\"error\":{\"message\":\"bad key sk-geheim\"}}"), "key"},
        {TestServer::answer(500, "oops sk-geheim sk-geheim"), "answers 500: oops [key]"},
        {TestServer::answer(404, "{\"error\":\"no tiny here\"}"), "no tiny here"},
        {TestServer::answer(429, "{}"), "too many requests"},
        {TestServer::answer(200, "<html>"), "not valid JSON"},
        {TestServer::answer(200, "{\"choices\":[]}"), "no message"},
        {TestServer::answer(200, "{\"choices\":[{\"message\":{\"content\":null}}]}"), "no text"},
        {TestServer::answer(200, "{\"choices\":[{\"message\":{\"refusal\":\"no\"}}]}"),
         "refuses: no"},
        {TestServer::answer(200,
                            "{\"choices\":[{\"finish_reason\":\"length\",\"message\":"
                            "{\"content\":\"{\"}}]}"),
         "cut off"},
        {TestServer::answer(200, std::string(5 << 20, ' ')), "longer than"},
        {"", "no answer"},
        {"HTTP/1.1 200 OK\r\nContent-Length: 100\r\n\r\n{", "no answer"},
    };
    for (const auto& [answer, wanted] : cases) {
        Model model({answer});
        const auto written = model.write();
        ASSERT_FALSE(written.ok()) << wanted;
        EXPECT_NE(written.error().text().find(wanted), std::string::npos) << written.error().text();
        EXPECT_EQ(written.error().text().find("geheim"), std::string::npos)
            << written.error().text();
    }
}

TEST(LlmWriter, AServerWithoutSchemasIsAskedForPlainJson) {
    Model model({TestServer::answer(400, "{\"error\":{\"message\":\"unknown response_format\"}}"),
                 completion(kGood)});
    ASSERT_TRUE(model.write().ok());
    ASSERT_EQ(model.requests.size(), 2u);
    EXPECT_EQ(model.body(1)["response_format"]["type"], "json_object");
}

TEST(LlmWriter, ChunkedAnswersAreRead) {
    const std::string whole = completion(kGood);
    const std::string body = whole.substr(whole.find("\r\n\r\n") + 4);
    char size[16];
    std::snprintf(size, sizeof(size), "%zx", body.size() - 10);
    Model model({"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\na\r\n" + body.substr(0, 10) +
                 "\r\n" + size + "\r\n" + body.substr(10) + "\r\n0\r\n\r\n"});
    EXPECT_TRUE(model.write().ok());
}

TEST(LlmWriter, ASlowServerTimesOut) {
    TestServer server([](const std::string&) {
        std::this_thread::sleep_for(std::chrono::milliseconds(400));
        return completion(kGood);
    });
    const auto written = write_with_llm("x", {}, {server.url("/v1/"), "tiny", "", 0.1});
    ASSERT_FALSE(written.ok());
    EXPECT_NE(written.error().message.find("timed out"), std::string::npos);
}

TEST(LlmWriter, BadCallsNeverReachTheServer) {
    Model model({completion(kGood)});
    const LlmConfig config{model.server.url(), "tiny", "", 1};
    EXPECT_EQ(write_with_llm("  ", {}, config).error().kind, base::ErrorKind::Usage);
    EXPECT_EQ(write_with_llm("caf\xe9", {}, config).error().kind, base::ErrorKind::Usage);
    EXPECT_EQ(write_with_llm("x", {}, {"", "tiny", ""}).error().kind, base::ErrorKind::Usage);
    EXPECT_EQ(write_with_llm("x", {}, {"ftp://h", "tiny", "", 1}).error().kind,
              base::ErrorKind::Usage);
    base::CancelToken cancel;
    cancel.cancel();
    EXPECT_EQ(write_with_llm("x", {}, config, &cancel).error().kind, base::ErrorKind::Cancelled);
    EXPECT_TRUE(model.requests.empty());
}

TEST(LlmWriter, JsonIsFoundInChatter) {
    EXPECT_EQ(json_in("Sure! ```json\n{\"a\": {}}\n``` done"), "{\"a\": {}}");
    EXPECT_EQ(json_in("none"), "");
    EXPECT_EQ(json_in("} {"), "");
}

}  // namespace
}  // namespace script
