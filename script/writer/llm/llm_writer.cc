#include "script/writer/llm/llm_writer.h"

#include <algorithm>
#include <cmath>
#include <cstdio>

#include "base/text/text.h"
#include "script/shots/choices.h"
#include "script/shots/codec.h"
#include "script/shots/lengths.h"
#include "script/shots/schema.h"
#include "script/writer/llm/chat.h"

namespace script {
namespace {

using base::Json;

constexpr size_t kMaxPromptBytes = 200'000;
constexpr size_t kProblemsToldAtOnce = 20;

// The shot list and an account of what became of the words.
Json answer_schema() {
    const auto object = [](Json properties) {
        Json required = Json::array();
        for (const auto& [name, schema] : properties.items()) required.push_back(name);
        return Json{{"type", "object"},
                    {"properties", std::move(properties)},
                    {"required", std::move(required)},
                    {"additionalProperties", false}};
    };
    const Json text{{"type", "string"}};
    const Json texts{{"type", "array"}, {"items", text}};
    const Json replaced{{"type", "array"},
                        {"items", object({{"asked", text}, {"used", text}, {"why", text}})}};
    return object(
        {{"report", object({{"understood", texts}, {"replaced", replaced}, {"left_out", texts}})},
         {"shot_list", shot_list_schema_for_models()}});
}

std::string instructions(const WriteOptions& options) {
    std::string text =
        "You turn a request for a short film into a shot list for a physical simulation. Answer "
        "with one JSON object that follows the schema, and nothing else.\n"
        "- cast: every thing, animal and person that moves or is acted upon, with a kind from the "
        "list; ids are the nouns of the request. Things that belong to the set (floor, stairs, "
        "hoop, shelf) are no cast.\n"
        "- shots: in order; place.set from the list; every action with a verb from the list, its "
        "subject the id that does it or to which it happens.\n"
        "- Numbers that the request gives (height, speed, size, count) go into the fields, in SI "
        "units. Do not invent numbers.\n"
        "- What must have happened in the end (misses, scores, breaks, knocks over ...) goes into "
        "outcome; the engine searches for it.\n"
        "- Quoted words become dialogue. Camera, light, weather and style words go into their "
        "fields. null is \"not said\".\n"
        "- A shot that shows the same event further has continues = true.\n"
        "- report.understood: the words of the request that the list shows; report.replaced: what "
        "is shown as something near, and why; report.left_out: what is not shown. Be honest: "
        "nothing is replaced in silence.\n";
    text += "- schema is \"" + std::string(kShotListSchema) + "\".\n";
    char line[160];
    if (options.seconds) {
        std::snprintf(line, sizeof(line), "- The film is %g seconds long in all.\n",
                      *options.seconds);
        text += line;
    } else {
        text += "- Unless the request says otherwise, the film is about 5 seconds long.\n";
    }
    return text;
}

std::string told(const std::vector<Problem>& problems) {
    std::string text = "The shot list has these mistakes:\n";
    for (size_t i = 0; i < std::min(problems.size(), kProblemsToldAtOnce); ++i) {
        text += "- " + problems[i].text() + "\n";
    }
    if (problems.size() > kProblemsToldAtOnce) {
        text += "- and " + std::to_string(problems.size() - kProblemsToldAtOnce) + " more\n";
    }
    return text + "Answer with the whole corrected JSON object.";
}

std::vector<std::string> texts_in(const Json& json, const char* name) {
    std::vector<std::string> out;
    if (!json.is_object() || !json.contains(name) || !json[name].is_array()) return out;
    for (const Json& item : json[name]) {
        constexpr size_t kMost = 200;
        if (item.is_string() && out.size() < kMost) out.push_back(item.get<std::string>());
    }
    return out;
}

Report report_in(const Json& answer) {
    Report report;
    if (!answer.contains("report")) return report;
    const Json& json = answer["report"];
    report.understood = texts_in(json, "understood");
    report.left_out = texts_in(json, "left_out");
    if (!json.is_object() || !json.contains("replaced") || !json["replaced"].is_array()) {
        return report;
    }
    for (const Json& item : json["replaced"]) {
        const auto text = [&](const char* name) {
            const bool there = item.is_object() && item.contains(name) && item[name].is_string();
            return there ? item[name].get<std::string>() : std::string();
        };
        if (!text("asked").empty()) {
            report.replaced.push_back({text("asked"), text("used"), text("why")});
        }
    }
    return report;
}

// What the caller decided stands, whatever the model wrote.
void apply_options(const WriteOptions& options, std::string_view prompt, ShotList& list) {
    list.prompt = std::string(prompt);
    list.width_px = options.width_px;
    list.height_px = options.height_px;
    list.fps = options.fps;
    list.seed = options.seed;
    if (options.style) list.style = *options.style;
}

// A list that can be filmed, or what is wrong with the answer.
struct Attempt {
    Written written;
    std::vector<Problem> problems;
};
Attempt read_answer(const std::string& text, const WriteOptions& options, std::string_view prompt) {
    Attempt attempt;
    const auto answer = base::parse_json(json_in(text), "answer");
    if (!answer.ok()) {
        attempt.problems.push_back({"", answer.error().text(), "answer with one JSON object"});
        return attempt;
    }
    // A model without schema may leave out the wrapping.
    const bool wrapped = answer->is_object() && answer->contains("shot_list");
    const Json& json = wrapped ? (*answer)["shot_list"] : *answer;
    auto read = read_shot_list(json.dump(-1, ' ', false, Json::error_handler_t::replace), "answer");
    if (!read.ok()) {
        attempt.problems.push_back({"", read.error().text(), ""});
        return attempt;
    }
    apply_options(options, prompt, read->list);
    attempt.problems = std::move(read->problems);
    const std::vector<Problem> more = validate(read->list);
    attempt.problems.insert(attempt.problems.end(), more.begin(), more.end());
    if (attempt.problems.empty()) {
        set_lengths(read->list, options.seconds);
        attempt.written = {std::move(read->list), report_in(*answer)};
    }
    return attempt;
}

}  // namespace

base::Result<Written> write_with_llm(std::string_view prompt, const WriteOptions& options,
                                     const LlmConfig& config, const base::CancelToken* cancel) {
    if (base::trim(prompt).empty()) return base::usage_error("the prompt is empty");
    if (!base::is_valid_utf8(prompt)) return base::usage_error("the prompt is not valid UTF-8");
    if (prompt.size() > kMaxPromptBytes) return base::usage_error("the prompt is too long");
    if (config.url.empty() || config.model.empty()) {
        return base::usage_error("the language model needs an address and a model name");
    }
    Chat chat(config, answer_schema(), options.seed, cancel);
    std::vector<ChatMessage> messages = {
        {"system", instructions(options)},
        {"user", std::string(prompt)},
    };
    std::string answer = TRY(chat.ask(messages));
    Attempt attempt = read_answer(answer, options, prompt);
    if (!attempt.problems.empty()) {
        messages.push_back({"assistant", answer});
        messages.push_back({"user", told(attempt.problems)});
        answer = TRY(chat.ask(messages));
        attempt = read_answer(answer, options, prompt);
    }
    if (!attempt.problems.empty()) {
        return base::failed("language model: no usable shot list after one correction: " +
                            attempt.problems.front().text());
    }
    return std::move(attempt.written);
}

}  // namespace script
