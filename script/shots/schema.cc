#include "script/shots/schema.h"

#include <algorithm>
#include <cmath>

#include "script/shots/choices.h"
#include "script/shots/codec.h"
#include "script/shots/vocabulary.h"

namespace script {
namespace {

using base::Json;

class SchemaMaker {
public:
    explicit SchemaMaker(bool for_models) : for_models_(for_models) {}

    void text(const char* name, const std::string&, const TextRule& rule, const char* about) {
        add(name, text_schema(rule), rule.required, about);
    }
    void number(const char* name, double, const NumberRule& rule, const char* about) {
        Json schema = number_schema(rule);
        if (rule.fallback && !for_models_) schema["default"] = plain(*rule.fallback);
        add(name, std::move(schema), !rule.fallback, about);
    }
    void optional_number(const char* name, const std::optional<double>&, const NumberRule& rule,
                         const char* about) {
        add(name, number_schema(rule), false, about);
    }
    template <typename I>
    void integer(const char* name, const I&, const IntegerRule& rule, const char* about) {
        // Servers of models parse schemas with 32-bit integers in mind.
        const uint64_t most = for_models_ ? std::min<uint64_t>(rule.high, 0x7fffffff) : rule.high;
        Json schema{{"type", "integer"}, {"minimum", rule.low}, {"maximum", most}};
        if (rule.fallback && !for_models_) schema["default"] = *rule.fallback;
        add(name, std::move(schema), !rule.fallback, about);
    }
    void flag(const char* name, bool, const char* about) {
        add(name, Json{{"type", "boolean"}}, false, about);
    }
    template <typename E>
    void choice(const char* name, const E&, bool required, const char* about) {
        Json words = Json::array();
        for (const auto& option : choices(E{})) {
            if (!option.word.empty()) words.push_back(option.word);
        }
        add(name, Json{{"type", "string"}, {"enum", std::move(words)}}, required, about);
    }
    void texts(const char* name, const std::vector<std::string>&, const ListRule& rule,
               const TextRule& each, const char* about) {
        add(name, list_schema(rule, text_schema(each)), rule.required, about);
    }
    template <typename T>
    void object(const char* name, const T&, const char* about) {
        add(name, schema_of<T>(), false, about);
    }
    template <typename T>
    void list(const char* name, const std::vector<T>&, const ListRule& rule, const char* about) {
        add(name, list_schema(rule, schema_of<T>()), rule.required, about);
    }

    Json result() const {
        return Json{{"type", "object"},
                    {"properties", properties_},
                    {"required", required_},
                    {"additionalProperties", false}};
    }
    void add(const char* name, Json schema, bool required, const char* about) {
        if (for_models_ && !required) {
            schema["type"] = Json::array({schema["type"], "null"});
            if (schema.contains("enum")) schema["enum"].push_back(nullptr);
        }
        schema["description"] = about;
        properties_[name] = std::move(schema);
        if (required || for_models_) required_.push_back(name);
    }

private:
    static Json plain(double value) {
        return value == std::floor(value) ? Json(static_cast<int64_t>(value)) : Json(value);
    }
    Json text_schema(const TextRule& rule) const {
        Json schema{{"type", "string"}};
        const auto& words = allowed_words(rule.words);
        // The word lists grow with the libraries; the published schema names only the short,
        // settled ones.
        constexpr size_t kSettled = 16;
        if (!words.empty() && (for_models_ || words.size() <= kSettled)) {
            schema["enum"] = words;
            return schema;
        }
        if (for_models_) return schema;
        if (rule.required) schema["minLength"] = 1;
        schema["maxLength"] = rule.max_bytes;
        if (rule.words == Words::Id) schema["pattern"] = "^[a-z][a-z0-9_]*$";
        return schema;
    }
    Json number_schema(const NumberRule& rule) const {
        Json schema{{"type", "number"}};
        schema[rule.above_low ? "exclusiveMinimum" : "minimum"] = plain(rule.low);
        schema["maximum"] = plain(rule.high);
        return schema;
    }
    Json list_schema(const ListRule& rule, Json items) const {
        Json schema{{"type", "array"}, {"items", std::move(items)}};
        if (for_models_) return schema;
        if (rule.required) schema["minItems"] = 1;
        schema["maxItems"] = rule.max_items;
        return schema;
    }
    template <typename T>
    Json schema_of() const {
        SchemaMaker inner(for_models_);
        const T sample{};
        describe(inner, sample);
        return inner.result();
    }

    bool for_models_;
    Json properties_ = Json::object();
    Json required_ = Json::array();
};

Json make(bool for_models) {
    SchemaMaker maker(for_models);
    const Json name = Json::array({kShotListSchema});
    maker.add("schema", Json{{"type", "string"}, {"enum", name}}, true,
              "The version of this format.");
    const ShotList sample{};
    describe(maker, sample);
    return maker.result();
}

}  // namespace

Json shot_list_schema() {
    Json schema{{"$schema", "https://json-schema.org/draft/2020-12/schema"},
                {"$id", "aozora-shots-1.schema.json"},
                {"title", "Aozora shot list"},
                {"description",
                 "Everything an engine needs to make a film, and nothing implied. SI units; "
                 "docs/formats/shots.md explains it with examples."}};
    schema.update(make(false));
    return schema;
}

std::string shot_list_schema_text() { return shot_list_schema().dump(2) + "\n"; }

Json shot_list_schema_for_models() { return make(true); }

}  // namespace script
