#include "script/shots/codec.h"

#include <algorithm>
#include <cmath>

#include "base/text/text.h"
#include "script/shots/choices.h"
#include "script/shots/fields.h"
#include "script/shots/locate.h"
#include "script/shots/suggest.h"

namespace script {
namespace {

using base::Json;

// ---- writing ------------------------------------------------------------------------------

class Writer {
public:
    Json json = Json::object();

    void text(const char* name, const std::string& value, const TextRule& rule, const char*) {
        if (!value.empty() || rule.required) json[name] = value;
    }
    void number(const char* name, double value, const NumberRule& rule, const char*) {
        if (!rule.fallback || value != *rule.fallback) put_number(name, value);
    }
    void optional_number(const char* name, const std::optional<double>& value, const NumberRule&,
                         const char*) {
        if (value) put_number(name, *value);
    }
    template <typename I>
    void integer(const char* name, const I& value, const IntegerRule& rule, const char*) {
        const bool usual = rule.fallback && value == static_cast<I>(*rule.fallback);
        if (!usual) json[name] = value;
    }
    void flag(const char* name, bool value, const char*) {
        if (value) json[name] = true;
    }
    template <typename E>
    void choice(const char* name, const E& value, bool required, const char*) {
        if (value != E{} || required) json[name] = word_of(value);
    }
    void texts(const char* name, const std::vector<std::string>& values, const ListRule& rule,
               const TextRule&, const char*) {
        if (!values.empty() || rule.required) json[name] = values;
    }
    template <typename T>
    void object(const char* name, const T& value, const char*) {
        Writer inner;
        describe(inner, value);
        if (!inner.json.empty()) json[name] = std::move(inner.json);
    }
    template <typename T>
    void list(const char* name, const std::vector<T>& values, const ListRule& rule, const char*) {
        if (values.empty() && !rule.required) return;
        Json& array = json[name] = Json::array();
        for (const T& value : values) {
            Writer inner;
            describe(inner, value);
            array.push_back(std::move(inner.json));
        }
    }

private:
    // 5, not 5.0, where a person wrote 5.
    void put_number(const char* name, double value) {
        if (value == std::floor(value) && std::abs(value) < 1e15) {
            json[name] = static_cast<int64_t>(value);
        } else {
            json[name] = value;
        }
    }
};

// ---- reading ------------------------------------------------------------------------------

const char* type_name(const Json& json) {
    switch (json.type()) {
        case Json::value_t::object: return "an object";
        case Json::value_t::array: return "a list";
        case Json::value_t::string: return "a text";
        case Json::value_t::boolean: return "true or false";
        case Json::value_t::null: return "null";
        default: return "a number";
    }
}

class Reader {
public:
    Reader(const Json& json, std::string pointer, std::vector<Problem>& problems)
        : json_(json), pointer_(std::move(pointer)), problems_(problems) {}

    void text(const char* name, std::string& value, const TextRule& rule, const char*) {
        if (const Json* found = take(name, rule.required);
            found && expect(*found, name, "a text")) {
            value = found->get<std::string>();
        }
    }
    void number(const char* name, double& value, const NumberRule& rule, const char*) {
        const Json* found = take(name, !rule.fallback);
        if (found && expect(*found, name, "a number")) value = found->get<double>();
    }
    void optional_number(const char* name, std::optional<double>& value, const NumberRule&,
                         const char*) {
        const Json* found = take(name, false);
        if (found && expect(*found, name, "a number")) value = found->get<double>();
    }
    template <typename I>
    void integer(const char* name, I& value, const IntegerRule& rule, const char*) {
        const Json* found = take(name, !rule.fallback);
        if (!found || !expect(*found, name, "a number")) return;
        const bool whole = found->is_number_integer() ||
                           (found->get<double>() == std::floor(found->get<double>()) &&
                            std::abs(found->get<double>()) < 9e15);
        if (!whole) {
            return problem(name, "must be a whole number", "");
        }
        // Compared before the conversion: a number outside I would wrap round into the range.
        const bool fits = found->is_number_unsigned()
                              ? found->get<uint64_t>() <= rule.high
                              : found->get<double>() >= static_cast<double>(rule.low) &&
                                    found->get<double>() <= static_cast<double>(rule.high);
        if (!fits) {
            return problem(
                name,
                "must be between " + std::to_string(rule.low) + " and " + std::to_string(rule.high),
                "");
        }
        value = found->is_number_unsigned() ? static_cast<I>(found->get<uint64_t>())
                                            : static_cast<I>(found->get<double>());
    }
    void flag(const char* name, bool& value, const char*) {
        const Json* found = take(name, false);
        if (found && expect(*found, name, "true or false")) value = found->get<bool>();
    }
    template <typename E>
    void choice(const char* name, E& value, bool required, const char*) {
        const Json* found = take(name, required);
        if (!found || !expect(*found, name, "a text")) return;
        const std::string& word = found->get_ref<const std::string&>();
        if (word.empty()) return;
        if (const auto chosen = choice_of<E>(word)) {
            value = *chosen;
            return;
        }
        std::vector<std::string_view> words;
        for (const auto& option : choices(E{})) words.push_back(option.word);
        problem(name, "unknown word \"" + shortened(word) + "\"", suggestion(word, words));
    }
    void texts(const char* name, std::vector<std::string>& values, const ListRule& rule,
               const TextRule&, const char*) {
        const Json* found = take(name, rule.required);
        if (!found || !expect(*found, name, "a list")) return;
        for (size_t i = 0; i < found->size(); ++i) {
            if ((*found)[i].is_string()) {
                values.push_back((*found)[i].get<std::string>());
            } else {
                problem(name + ("/" + std::to_string(i)),
                        std::string("must be a text, not ") + type_name((*found)[i]), "");
            }
        }
    }
    template <typename T>
    void object(const char* name, T& value, const char*) {
        const Json* found = take(name, false);
        if (found && expect(*found, name, "an object")) read(*found, name, value);
    }
    template <typename T>
    void list(const char* name, std::vector<T>& values, const ListRule& rule, const char*) {
        const Json* found = take(name, rule.required);
        if (!found || !expect(*found, name, "a list")) return;
        if (found->size() > static_cast<size_t>(rule.max_items)) {
            return problem(name, "has " + std::to_string(found->size()) + " entries",
                           "at most " + std::to_string(rule.max_items));
        }
        for (size_t i = 0; i < found->size(); ++i) {
            const std::string step = name + ("/" + std::to_string(i));
            values.emplace_back();
            if (expect((*found)[i], step, "an object")) read((*found)[i], step, values.back());
        }
    }

    // Members that no field asked for.
    void refuse_rest() {
        for (const auto& [name, value] : json_.items()) {
            const std::string_view known = name;
            if (std::find(known_.begin(), known_.end(), known) == known_.end()) {
                problem(pointer_step(name), "unknown member \"" + shortened(name) + "\"",
                        suggestion(name, known_));
            }
        }
    }
    void know(const char* name) { known_.push_back(name); }

private:
    template <typename T>
    void read(const Json& json, const std::string& step, T& value) {
        Reader inner(json, pointer_ + "/" + step, problems_);
        describe(inner, value);
        inner.refuse_rest();
    }
    // null is the same as left out: LLMs write it.
    const Json* take(const char* name, bool required) {
        know(name);
        const auto found = json_.find(name);
        if (found != json_.end() && !found->is_null()) return &*found;
        if (required) {
            problems_.push_back({pointer_, std::string("\"") + name + "\" is missing", "add it"});
        }
        return nullptr;
    }
    bool expect(const Json& json, const std::string& step, const char* type) {
        if (std::string_view(type_name(json)) == type) return true;
        problem(step, std::string("must be ") + type + ", not " + type_name(json), "");
        return false;
    }
    void problem(const std::string& step, std::string message, std::string fix) {
        problems_.push_back({pointer_ + "/" + step, std::move(message), std::move(fix)});
    }
    static std::string shortened(const std::string& word) {
        return word.size() <= 40 ? word : word.substr(0, 40) + "...";
    }

    const Json& json_;
    std::string pointer_;
    std::vector<Problem>& problems_;
    std::vector<std::string_view> known_;
};

base::Error error_of(const std::vector<Problem>& problems, std::string_view text,
                     std::string_view name) {
    const Problem& first = problems.front();
    const TextPlace place = locate(text, first.pointer);
    std::string message = first.message;
    if (!first.fix.empty()) message += "; " + first.fix;
    if (problems.size() > 1) {
        message += " [and " + std::to_string(problems.size() - 1) + " more]";
    }
    return base::usage_error(message, std::string(name) + ":" + std::to_string(place.line) + ":" +
                                          std::to_string(place.column) +
                                          (first.pointer.empty() ? "" : " " + first.pointer));
}

}  // namespace

Json to_json(const ShotList& list) {
    Writer writer;
    writer.json["schema"] = kShotListSchema;
    describe(writer, list);
    return std::move(writer.json);
}

std::string to_json_text(const ShotList& list) {
    // Prompts are checked for UTF-8 at the door; what slips through is replaced, never thrown.
    return to_json(list).dump(2, ' ', false, Json::error_handler_t::replace) + "\n";
}

base::Result<ReadShotList> read_shot_list(std::string_view text, std::string_view name) {
    constexpr size_t kMaxBytes = 8 << 20;
    if (text.size() > kMaxBytes)
        return base::usage_error("the shot list is too long", std::string(name));
    const Json json = TRY(base::parse_json(text, name));
    if (!json.is_object()) {
        return base::usage_error("a shot list is a JSON object", std::string(name) + ":1:1");
    }
    ReadShotList read;
    const auto schema = json.find("schema");
    if (schema == json.end()) {
        read.problems.push_back({"", "\"schema\" is missing",
                                 "add \"schema\": \"" + std::string(kShotListSchema) + "\""});
    } else if (*schema != kShotListSchema) {
        read.problems.push_back({"/schema", "unknown schema",
                                 "this version reads \"" + std::string(kShotListSchema) + "\""});
    }
    Reader reader(json, "", read.problems);
    reader.know("schema");
    describe(reader, read.list);
    reader.refuse_rest();
    return read;
}

base::Result<ShotList> parse_shot_list(std::string_view text, std::string_view name) {
    ReadShotList read = TRY(read_shot_list(text, name));
    if (read.problems.empty()) read.problems = validate(read.list);
    if (!read.problems.empty()) return error_of(read.problems, text, name);
    return std::move(read.list);
}

}  // namespace script
