// What a model of the neural engine listens to, beyond OpenAI's parameters.
#include <algorithm>
#include <charconv>
#include <cmath>

#include "apps/server/routes/neural_inputs.h"
#include "apps/server/routes/submit.h"
#include "neural/catalogue/store.h"
#include "studio/neural/control_wish.h"

namespace server {
namespace {

constexpr size_t kMostLoras = 8, kMostPrompt = 32'000;
constexpr double kMostStrength = 10;

// A list or an object as it came, or as JSON in a form's text.
Answer<std::optional<base::Json>> take_json(Fields& fields, const std::string& name) {
    auto json = fields.json(name);
    if (!json || !json->is_string()) return json;
    const auto& text = json->get_ref<const std::string&>();
    if (text.empty() || (text[0] != '[' && text[0] != '{')) return json;
    auto parsed = base::parse_json(text, name);
    if (!parsed.ok()) return bad_value(name, parsed.error().text(), "invalid_json");
    return std::optional<base::Json>(*parsed);
}

Answer<base::Json> take_loras(Fields& fields) {
    auto json = take_json(fields, "loras");
    if (!json.ok()) return json.error();
    base::Json loras = base::Json::array();
    if (!*json) return loras;
    if (!(*json)->is_array() || (*json)->empty() || (*json)->size() > kMostLoras) {
        return bad_value("loras",
                         "Invalid 'loras': expected an array of 1 to 8 objects with 'name' and "
                         "'strength'.");
    }
    for (size_t i = 0; i < (*json)->size(); ++i) {
        const std::string at = "loras[" + std::to_string(i) + "]";
        const base::Json& lora = (**json)[i];
        if (!lora.is_object()) return bad_value(at, "Expected an object.", "invalid_type");
        for (const auto& [key, value] : lora.items()) {
            if (key != "name" && key != "strength") return unknown_parameter(at + "." + key);
        }
        if (!lora.contains("name") || !lora.at("name").is_string() ||
            !neural::is_model_id(lora.at("name").get<std::string>())) {
            return bad_value(at + ".name",
                             "Expected the name of a LoRA that is installed on this server.");
        }
        double strength = 1;
        if (lora.contains("strength")) {
            const base::Json& value = lora.at("strength");
            strength = value.is_number() ? value.get<double>() : NAN;
            if (value.is_string()) {
                const std::string& text = value.get_ref<const std::string&>();
                const auto [end, error] =
                    std::from_chars(text.data(), text.data() + text.size(), strength);
                if (error != std::errc() || end != text.data() + text.size()) strength = NAN;
            }
        }
        if (!(std::abs(strength) <= kMostStrength))
            return bad_value(at + ".strength", "Expected a number from -10 to 10.");
        loras.push_back({{"name", lora.at("name")}, {"strength", strength}});
    }
    return loras;
}

Answer<base::Json> take_control(Fields& fields) {
    auto json = take_json(fields, "control");
    if (!json.ok()) return json.error();
    base::Json control = base::Json::array();
    if (!*json) return control;
    if ((*json)->is_string()) control.push_back(**json);
    else control = **json;
    std::vector<std::string> names;
    for (const base::Json& name : control) {
        if (control.is_array() && name.is_string()) names.push_back(name.get<std::string>());
    }
    if (!control.is_array() || names.size() != control.size() || names.empty() ||
        names.size() > 4) {
        return bad_value("control",
                         "Invalid 'control': expected a name or an array of names, of 'depth', "
                         "'normal', 'edges', 'first-frame'.");
    }
    if (const auto wish = studio::parse_control(names); !wish.ok())
        return bad_value("control", "Invalid 'control': " + wish.error().message + ".");
    return control;
}

}  // namespace

std::optional<ApiError> take_neural(App& app, Fields& fields, const Caller& caller,
                                    const ModelChoice& model, double film_seconds,
                                    NewVideo& video) {
    if (model.engine != "neural") {
        for (const char* name : {"steps", "negative_prompt", "loras", "control", "decoder",
                                 "keyframes", "reference", "sound"}) {
            if (fields.has(name)) {
                return bad_value(name, std::string("'") + name +
                                           "' is for models of the neural engine; '" + model.asked +
                                           "' is none.");
            }
        }
        return std::nullopt;
    }
    auto steps = fields.integer("steps", 1, 1000);
    if (!steps.ok()) return steps.error();
    auto negative = fields.text("negative_prompt", kMostPrompt);
    if (!negative.ok()) return negative.error();
    auto loras = take_loras(fields);
    if (!loras.ok()) return loras.error();
    auto control = take_control(fields);
    if (!control.ok()) return control.error();
    auto decoder = fields.choice("decoder", {"conv", "diffusion"});
    if (!decoder.ok()) return decoder.error();
    if (*steps) video.payload["steps"] = **steps;
    if (*negative) video.payload["negative_prompt"] = **negative;
    if (!loras->empty()) video.payload["loras"] = *loras;
    if (!control->empty()) video.payload["control"] = *control;
    if (*decoder) video.payload["decoder"] = **decoder;
    const bool first_frame =
        std::find(control->begin(), control->end(), "first-frame") != control->end();
    if (first_frame && video.payload.contains("image")) {
        return bad_value("control",
                         "A film begins with one picture: leave out 'first-frame' or "
                         "'input_reference'.");
    }
    if (fields.has("reference") && control->size() > (first_frame ? 1 : 0)) {
        return bad_value("reference",
                         "A model looks at one thing at a time: leave out 'reference' or the "
                         "'control' pass.");
    }
    if (auto error = take_keyframes(app, fields, caller, film_seconds, video)) return error;
    if (auto error = take_reference(app, fields, caller, video)) return error;
    return take_sound(app, fields, caller, video);
}

}  // namespace server
