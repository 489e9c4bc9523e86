#include "studio/worker/job.h"

#include <array>
#include <cstdio>
#include <functional>
#include <map>

#include "base/text/text.h"
#include "neural/catalogue/store.h"
#include "studio/neural/control.h"

namespace studio {
namespace {

using base::Json;

constexpr std::string_view kSchema = "aozora-job/1";
constexpr size_t kMostPromptBytes = 200'000, kMostNameBytes = 400, kMostEntries = 40,
                 kMostKeyframes = 16;
constexpr double kMostSeconds = 3600, kLeastStrength = 0.001;
constexpr std::array<const char*, 8> kTasks = {"create", "remix", "edit",  "extend",
                                               "loop",   "blend", "recut", "character"};

base::Error wrong(const std::string& pointer, const std::string& message) {
    return base::usage_error(message, pointer);
}

// One reader per type; each checks what it takes. `at` is the JSON pointer of the value.
base::Status read(const Json& value, const std::string& at, size_t most_bytes, std::string& to) {
    if (!value.is_string()) return wrong(at, "must be a string");
    const auto& text = value.get_ref<const std::string&>();
    if (text.size() > most_bytes)
        return wrong(at, "is longer than " + std::to_string(most_bytes) + " bytes");
    if (!base::is_valid_utf8(text)) return wrong(at, "is not valid UTF-8");
    to = text;
    return {};
}

base::Status read(const Json& value, const std::string& at, double low, double high, double& to) {
    if (!value.is_number()) return wrong(at, "must be a number");
    const double number = value.get<double>();
    if (!(number >= low && number <= high)) {
        char range[64];
        std::snprintf(range, sizeof range, "must be between %g and %g", low, high);
        return wrong(at, range);
    }
    to = number;
    return {};
}

// A side in pixels: 0, or what the encoder takes.
base::Status read_side(const Json& value, const std::string& at, int& to) {
    if (!value.is_number_integer()) return wrong(at, "must be a whole number");
    const auto side = value.get<int64_t>();
    if (side != 0 && (side < 16 || side > 7680 || side % 2 != 0))
        return wrong(at, "must be even, 16 to 7680 pixels, or 0");
    to = static_cast<int>(side);
    return {};
}

// Inputs become files: a name may not lead out of their folder.
base::Status read_input_name(const Json& value, const std::string& at, std::string& to) {
    TRY(read(value, at, 64, to));
    for (const char c : to) {
        const bool plain = (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') || c == '_' || c == '-';
        if (!plain) return wrong(at, "names of inputs are made of a-z, 0-9, _ and -");
    }
    return {};
}

using Members = std::map<std::string, std::function<base::Status(const Json&, const std::string&)>>;

// RFC 6901, section 3.
std::string escaped(const std::string& name) {
    std::string out;
    for (const char c : name) {
        if (c == '~') out += "~0";
        else if (c == '/') out += "~1";
        else out += c;
    }
    return out;
}

base::Status read_members(const Json& object, const std::string& at, const Members& members) {
    if (!object.is_object()) return wrong(at, "must be an object");
    for (const auto& [name, value] : object.items()) {
        const std::string pointer = at + "/" + escaped(name);
        const auto member = members.find(name);
        if (member == members.end()) return wrong(pointer, "is not a member of a job");
        TRY(member->second(value, pointer));
    }
    return {};
}

base::Status read_steps(const Json& value, const std::string& at, int& to) {
    if (!value.is_number_integer()) return wrong(at, "must be a whole number");
    double steps = 0;
    TRY(read(value, at, 0, 1000, steps));
    to = static_cast<int>(steps);
    return {};
}

base::Status read_flag(const Json& value, const std::string& at, bool& to) {
    if (!value.is_boolean()) return wrong(at, "must be true or false");
    to = value.get<bool>();
    return {};
}

base::Status read_decoder(const Json& value, const std::string& at, std::string& to) {
    TRY(read(value, at, kMostNameBytes, to));
    if (to.empty() || to == "conv" || to == "diffusion") return {};
    return wrong(at, "decoders are conv, diffusion");
}

base::Status read_list(const Json& value, const std::string& at,
                       const std::function<base::Status(const Json&, const std::string&)>& entry) {
    if (!value.is_array()) return wrong(at, "must be a list");
    if (value.size() > kMostEntries)
        return wrong(at, "has more than " + std::to_string(kMostEntries) + " entries");
    for (size_t i = 0; i < value.size(); ++i) TRY(entry(value[i], at + "/" + std::to_string(i)));
    return {};
}

base::Status read_task(const Json& value, const std::string& at, Task& to) {
    std::string name;
    TRY(read(value, at, kMostNameBytes, name));
    for (size_t i = 0; i < kTasks.size(); ++i) {
        if (name != kTasks[i]) continue;
        to = static_cast<Task>(i);
        return {};
    }
    return wrong(at, "there is no task \"" + name + "\"");
}

base::Status read_seed(const Json& value, const std::string& at, uint64_t& to) {
    if (!value.is_number_integer() || (!value.is_number_unsigned() && value.get<int64_t>() < 0))
        return wrong(at, "must be a whole number, 0 or more");
    to = value.get<uint64_t>();
    return {};
}

// What a task cannot do without.
base::Status check_needs(const FilmJob& job) {
    const auto need = [&](bool there, const char* pointer) -> base::Status {
        if (there) return {};
        return wrong(pointer, std::string("the task \"") + task_name(job.task) + "\" needs it");
    };
    if (job.task == Task::Create)
        TRY(need(!job.prompt.empty() || !job.storyboard.empty(), "/prompt"));
    if (job.task != Task::Create) TRY(need(!job.source.empty(), "/source"));
    if (job.task == Task::Remix || job.task == Task::Edit || job.task == Task::Extend)
        TRY(need(!job.prompt.empty(), "/prompt"));
    if (job.task == Task::Extend) TRY(need(job.seconds > 0, "/seconds"));
    if (job.task == Task::Blend) TRY(need(!job.source_b.empty(), "/source_b"));
    if (job.own_length) {
        if (job.task != Task::Create && job.task != Task::Extend)
            return wrong("/own_length", "only what is created or extended has a length of its own");
        TRY(need(job.seconds > 0, "/seconds"));
    }
    for (size_t i = 0; i < job.keyframes.size(); ++i) {
        const std::string at = "/keyframes/" + std::to_string(i) + "/image";
        TRY(need(!job.keyframes[i].image.empty(), at.c_str()));
    }
    if (job.keyframes.size() > kMostKeyframes) return wrong("/keyframes", "are more than 16");
    if (const auto wish = parse_control(job.control);
        !job.reference.empty() && wish.ok() && wish->pass)
        return wrong("/reference", "a model looks at one thing at a time: this, or a control pass");
    if ((job.width_px == 0) != (job.height_px == 0))
        return wrong("/width_px", "width and height are given together");
    if (job.end_s != 0 && job.end_s <= job.start_s) return wrong("/end_s", "must be after start_s");
    return {};
}

}  // namespace

const char* task_name(Task task) { return kTasks[static_cast<size_t>(task)]; }

base::Result<FilmJob> parse_job(const Json& json) {
    FilmJob job;
    const auto text = [](std::string& to, size_t most = kMostNameBytes) {
        return [&to, most](const Json& v, const std::string& at) { return read(v, at, most, to); };
    };
    const auto number = [](double& to, double low, double high) {
        return [&to, low, high](const Json& v, const std::string& at) {
            return read(v, at, low, high, to);
        };
    };
    const auto input = [](std::string& to) {
        return [&to](const Json& v, const std::string& at) { return read_input_name(v, at, to); };
    };
    const auto side = [](int& to) {
        return [&to](const Json& v, const std::string& at) { return read_side(v, at, to); };
    };
    std::string schema;
    const Members members = {
        {"schema", text(schema)},
        {"task", [&](const Json& v, const std::string& at) { return read_task(v, at, job.task); }},
        {"prompt", text(job.prompt, kMostPromptBytes)},
        {"storyboard",
         [&](const Json& v, const std::string& at) {
             return read_list(v, at, [&](const Json& one, const std::string& here) -> base::Status {
                 StoryboardEntry& entry = job.storyboard.emplace_back();
                 TRY(read_members(one, here,
                                  {{"seconds", number(entry.seconds, 0, kMostSeconds)},
                                   {"prompt", text(entry.prompt, kMostPromptBytes)}}));
                 if (!(entry.seconds > 0)) return wrong(here + "/seconds", "must be above 0");
                 if (base::trim(entry.prompt).empty())
                     return wrong(here + "/prompt", "is empty; say what happens");
                 return {};
             });
         }},
        {"engine", text(job.engine)},
        {"model", text(job.model)},
        {"quality", text(job.quality)},
        {"style", text(job.style)},
        {"width_px", side(job.width_px)},
        {"height_px", side(job.height_px)},
        {"fps", number(job.fps, 0, 120)},
        {"seconds", number(job.seconds, 0, kMostSeconds)},
        {"seed", [&](const Json& v, const std::string& at) { return read_seed(v, at, job.seed); }},
        {"strength", number(job.strength, 0, 1)},
        {"image", input(job.image)},
        {"source", input(job.source)},
        {"source_b", input(job.source_b)},
        {"start_s", number(job.start_s, 0, kMostSeconds)},
        {"end_s", number(job.end_s, 0, kMostSeconds)},
        {"characters",
         [&](const Json& v, const std::string& at) {
             return read_list(v, at, [&](const Json& one, const std::string& here) {
                 JobCharacter& who = job.characters.emplace_back();
                 return read_members(
                     one, here,
                     {{"id", text(who.id)},
                      {"name", text(who.name)},
                      {"traits", [&](const Json& traits, const std::string& there) -> base::Status {
                           if (!traits.is_object()) return wrong(there, "must be an object");
                           who.traits = traits;
                           return {};
                       }}});
             });
         }},
        {"most_seconds", number(job.most_seconds, 0, kMostSeconds)},
        {"steps",
         [&](const Json& v, const std::string& at) { return read_steps(v, at, job.steps); }},
        {"negative_prompt", text(job.negative_prompt, kMostPromptBytes)},
        {"loras",
         [&](const Json& v, const std::string& at) {
             return read_list(v, at, [&](const Json& one, const std::string& here) -> base::Status {
                 JobLora& lora = job.loras.emplace_back();
                 TRY(read_members(
                     one, here,
                     {{"name", text(lora.name)}, {"strength", number(lora.strength, -10, 10)}}));
                 if (!neural::is_model_id(lora.name))
                     return wrong(here + "/name", "must be the name of an installed LoRA");
                 return {};
             });
         }},
        {"control",
         [&](const Json& v, const std::string& at) -> base::Status {
             TRY(read_list(v, at, [&](const Json& one, const std::string& here) {
                 return read(one, here, kMostNameBytes, job.control.emplace_back());
             }));
             const auto wish = parse_control(job.control);
             return wish.ok() ? base::Status() : wrong(at, wish.error().message);
         }},
        {"keyframes",
         [&](const Json& v, const std::string& at) {
             return read_list(v, at, [&](const Json& one, const std::string& here) {
                 JobKeyframe& key = job.keyframes.emplace_back();
                 return read_members(one, here,
                                     {{"seconds", number(key.seconds, 0, kMostSeconds)},
                                      {"image", input(key.image)},
                                      {"strength", number(key.strength, kLeastStrength, 1)}});
             });
         }},
        {"reference", input(job.reference)},
        {"sound", input(job.sound)},
        {"decoder",
         [&](const Json& v, const std::string& at) { return read_decoder(v, at, job.decoder); }},
        {"own_length",
         [&](const Json& v, const std::string& at) { return read_flag(v, at, job.own_length); }},
    };
    TRY(read_members(json, "", members));
    if (schema != kSchema) return wrong("/schema", "must be \"" + std::string(kSchema) + "\"");
    TRY(check_needs(job));
    return job;
}

Json to_json(const FilmJob& job) {
    Json storyboard = Json::array(), characters = Json::array(), loras = Json::array(),
         keyframes = Json::array();
    for (const StoryboardEntry& entry : job.storyboard)
        storyboard.push_back({{"seconds", entry.seconds}, {"prompt", entry.prompt}});
    for (const JobCharacter& who : job.characters)
        characters.push_back({{"id", who.id}, {"name", who.name}, {"traits", who.traits}});
    for (const JobLora& lora : job.loras)
        loras.push_back({{"name", lora.name}, {"strength", lora.strength}});
    for (const JobKeyframe& key : job.keyframes) {
        keyframes.push_back({{"seconds", key.seconds}, {"image", key.image}});
        if (key.strength != 1) keyframes.back()["strength"] = key.strength;
    }
    return {{"schema", kSchema},
            {"task", task_name(job.task)},
            {"prompt", job.prompt},
            {"storyboard", storyboard},
            {"engine", job.engine},
            {"model", job.model},
            {"quality", job.quality},
            {"style", job.style},
            {"width_px", job.width_px},
            {"height_px", job.height_px},
            {"fps", job.fps},
            {"seconds", job.seconds},
            {"seed", job.seed},
            {"strength", job.strength},
            {"image", job.image},
            {"source", job.source},
            {"source_b", job.source_b},
            {"start_s", job.start_s},
            {"end_s", job.end_s},
            {"characters", characters},
            {"most_seconds", job.most_seconds},
            {"steps", job.steps},
            {"negative_prompt", job.negative_prompt},
            {"loras", loras},
            {"control", job.control},
            {"keyframes", keyframes},
            {"reference", job.reference},
            {"sound", job.sound},
            {"decoder", job.decoder},
            {"own_length", job.own_length}};
}

}  // namespace studio
