#include "apps/server/core/fields.h"

#include <charconv>
#include <cmath>

#include "base/text/text.h"

namespace server {
namespace {

constexpr size_t kMostDepth = 6;

ApiError wrong_type(const std::string& name, const char* expected, const base::Json& got) {
    const char* kind = got.is_string()    ? "a string"
                       : got.is_object()  ? "an object"
                       : got.is_array()   ? "an array"
                       : got.is_boolean() ? "a boolean"
                       : got.is_number()  ? "a number"
                       : got.is_binary()  ? "a file"
                                          : "null";
    return bad_value(
        name,
        "Invalid type for '" + name + "': expected " + expected + ", but got " + kind + " instead.",
        "invalid_type");
}

// Puts a leaf of a form where its brackets say. False: the name contradicts an earlier one.
bool put(base::Json& at, const std::vector<std::string>& path, size_t depth,
         const base::Json& value) {
    if (depth == path.size()) {
        if (!at.is_null()) return false;
        at = value;
        return true;
    }
    const std::string& part = path[depth];
    if (part.empty()) {
        if (at.is_null()) at = base::Json::array();
        if (!at.is_array()) return false;
        // `list[][id]=1, list[][name]=a, list[][id]=2`: a new element where the last one has it.
        if (depth + 1 < path.size() && !at.empty() && at.back().is_object() &&
            !at.back().contains(path[depth + 1]))
            return put(at.back(), path, depth + 1, value);
        at.push_back(nullptr);
        return put(at.back(), path, depth + 1, value);
    }
    if (at.is_null()) at = base::Json::object();
    if (!at.is_object()) return false;
    return put(at[part], path, depth + 1, value);
}

// No text of a client ever reads as one: neither encoding has values of that type.
base::Json mark_of_file(size_t index) { return base::Json::binary({}, index); }

std::optional<double> parse_number(const std::string& text) {
    double value = 0;
    const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || !std::isfinite(value))
        return std::nullopt;
    return value;
}

// The parser keeps one of two equal names and says nothing: ask it for each name it sees.
std::optional<std::string> duplicate_name(const std::string& text) {
    std::set<std::string> names;
    std::optional<std::string> twice;
    const auto parsed =
        base::Json::parse(text, [&](int depth, base::Json::parse_event_t event, base::Json& name) {
            if (depth == 1 && event == base::Json::parse_event_t::key &&
                !names.insert(name.get<std::string>()).second && !twice)
                twice = name.get<std::string>();
            return true;
        });
    return twice;
}

std::string plain(double value) {
    std::string text = std::to_string(value);
    text.erase(text.find_last_not_of('0') + 1);
    if (text.back() == '.') text.pop_back();
    return text;
}

}  // namespace

std::vector<std::string> bracket_path(const std::string& name) {
    std::vector<std::string> path;
    const size_t first = name.find('[');
    path.push_back(name.substr(0, first));
    if (path[0].empty() || path[0].find(']') != std::string::npos) return {};
    size_t at = first;
    while (at != std::string::npos && at < name.size()) {
        const size_t close = name.find(']', at);
        if (name[at] != '[' || close == std::string::npos) return {};
        path.push_back(name.substr(at + 1, close - at - 1));
        if (path.back().find('[') != std::string::npos) return {};
        at = close + 1;
    }
    if (path.size() > kMostDepth) return {};
    return path;
}

Answer<Fields> Fields::read(http::Request& request) {
    Fields fields;
    fields.is_form_ = request.is_form;
    if (request.is_form) {
        for (http::FormPart& part : request.form) {
            if (!base::is_valid_utf8(part.name) || part.name.empty())
                return bad_value("", "A form field has no valid name.", "invalid_form");
            const std::vector<std::string> path = bracket_path(part.name);
            if (part.file && path.size() <= 1) {
                if (!fields.files_.emplace(part.name, &part).second)
                    return bad_value(part.name, "Duplicate parameter: '" + part.name + "'.",
                                     "duplicate_parameter");
                continue;
            }
            if (path.empty())
                return bad_value(part.name, "Invalid parameter name: '" + part.name + "'.",
                                 "invalid_form");
            if (part.file) {
                if (!put(fields.tree_, path, 0, mark_of_file(fields.nested_files_.size())))
                    return bad_value(part.name, "Duplicate parameter: '" + part.name + "'.",
                                     "duplicate_parameter");
                fields.nested_files_.push_back(&part);
                continue;
            }
            if (!base::is_valid_utf8(part.value) || part.value.find('\0') != std::string::npos)
                return bad_value(part.name,
                                 "Invalid text for '" + part.name +
                                     "': it must be UTF-8 without NUL characters.",
                                 "invalid_value");
            if (!put(fields.tree_, path, 0, part.value))
                return bad_value(part.name, "Duplicate parameter: '" + part.name + "'.",
                                 "duplicate_parameter");
        }
        for (const auto& [name, part] : fields.files_) {
            if (fields.tree_.contains(name))
                return bad_value(name, "Duplicate parameter: '" + name + "'.",
                                 "duplicate_parameter");
        }
        return fields;
    }
    if (request.body.empty()) return fields;
    if (!request.content_type.empty() && request.content_type != "application/json" &&
        !base::ends_with(request.content_type, "+json")) {
        return ApiError{415,
                        "Unsupported content type '" + request.content_type +
                            "': send application/json or multipart/form-data.",
                        "invalid_request_error", "", "unsupported_content_type"};
    }
    auto parsed = base::parse_json(request.body, "body");
    if (!parsed.ok()) {
        return bad_value("",
                         "We could not parse the JSON body of your request: " +
                             parsed.error().message + " (" + parsed.error().where + ").",
                         "invalid_json");
    }
    if (!parsed->is_object()) {
        return bad_value("", "The JSON body of your request must be an object.", "invalid_json");
    }
    if (const auto twice = duplicate_name(request.body)) {
        return bad_value(*twice, "Duplicate parameter: '" + *twice + "'.", "duplicate_parameter");
    }
    fields.tree_ = std::move(*parsed);
    return fields;
}

const base::Json* Fields::value(const std::string& name) {
    known_.insert(name);
    const auto found = tree_.find(name);
    if (found == tree_.end() || found->is_null()) return nullptr;
    return &*found;
}

bool Fields::has(const std::string& name) const {
    const auto found = tree_.find(name);
    return (found != tree_.end() && !found->is_null()) || files_.count(name) > 0;
}

Answer<std::optional<std::string>> Fields::text(const std::string& name, size_t most,
                                                size_t least) {
    if (files_.count(name)) {
        return bad_value(
            name, "Invalid type for '" + name + "': expected a string, but got a file instead.",
            "invalid_type");
    }
    const base::Json* found = value(name);
    if (!found) return std::optional<std::string>();
    if (!found->is_string()) return wrong_type(name, "a string", *found);
    const std::string& text = found->get_ref<const std::string&>();
    if (text.find('\0') != std::string::npos) {
        return bad_value(name, "Invalid text for '" + name + "': it holds a NUL character.");
    }
    size_t characters = 0;
    for (const char c : text) characters += (static_cast<unsigned char>(c) & 0xC0) != 0x80;
    if (characters < least) {
        return bad_value(
            name,
            "Invalid '" + name +
                "': string too short. Expected a string with minimum "
                "length " +
                std::to_string(least) + ", but got " +
                (characters == 0 ? "an empty string"
                                 : "a string with length " + std::to_string(characters)) +
                " instead.",
            "string_below_min_length");
    }
    if (characters > most) {
        return bad_value(name,
                         "Invalid '" + name +
                             "': string too long. Expected a string with maximum "
                             "length " +
                             std::to_string(most) + ", but got a string with length " +
                             std::to_string(characters) + " instead.",
                         "string_above_max_length");
    }
    return std::optional<std::string>(text);
}

Answer<std::optional<double>> Fields::number(const std::string& name, double least, double most) {
    const base::Json* found = value(name);
    if (files_.count(name)) return wrong_type(name, "a number", base::Json(""));
    if (!found) return std::optional<double>();
    std::optional<double> number;
    if (found->is_number()) number = found->get<double>();
    if (found->is_string()) number = parse_number(found->get_ref<const std::string&>());
    if (!number) return wrong_type(name, "a number", *found);
    if (!(*number >= least && *number <= most)) {
        return bad_value(name, "Invalid value for '" + name + "': expected a number from " +
                                   plain(least) + " to " + plain(most) + ".");
    }
    return number;
}

Answer<std::optional<int64_t>> Fields::integer(const std::string& name, int64_t least,
                                               int64_t most) {
    // Beyond 2^53 a JSON number is no longer exact; nothing of ours needs more.
    auto found = number(name, static_cast<double>(least), static_cast<double>(most));
    if (!found.ok()) return found.error();
    if (!*found) return std::optional<int64_t>();
    if (**found != std::floor(**found)) {
        return bad_value(name, "Invalid value for '" + name + "': expected a whole number.");
    }
    return std::optional<int64_t>(static_cast<int64_t>(**found));
}

Answer<std::optional<bool>> Fields::boolean(const std::string& name) {
    const base::Json* found = value(name);
    if (!found) return std::optional<bool>();
    if (found->is_boolean()) return std::optional<bool>(found->get<bool>());
    if (*found == "true" || *found == "1") return std::optional<bool>(true);
    if (*found == "false" || *found == "0") return std::optional<bool>(false);
    return wrong_type(name, "a boolean", *found);
}

Answer<std::optional<std::string>> Fields::choice(const std::string& name,
                                                  const std::vector<std::string>& choices) {
    auto found = text(name, 1000, 0);
    if (!found.ok() || !*found) return found;
    for (const std::string& choice : choices) {
        if (**found == choice) return found;
    }
    std::vector<std::string> quoted;
    for (const std::string& choice : choices) quoted.push_back("'" + choice + "'");
    return bad_value(name, "Invalid value: '" + **found +
                               "'. Supported values are: " + base::join(quoted, ", ") + ".");
}

std::optional<base::Json> Fields::json(const std::string& name) {
    const base::Json* found = value(name);
    if (!found) return std::nullopt;
    return *found;
}

Answer<std::optional<base::Json>> Fields::list(const std::string& name, size_t most) {
    if (files_.count(name)) {
        return bad_value(
            name, "Invalid type for '" + name + "': expected an array, but got a file instead.",
            "invalid_type");
    }
    const base::Json* found = value(name);
    if (!found) return std::optional<base::Json>();
    base::Json list = *found;
    if (is_form_ && list.is_string()) {
        auto parsed = base::parse_json(list.get_ref<const std::string&>(), name);
        if (!parsed.ok()) return bad_value(name, parsed.error().text(), "invalid_json");
        list = std::move(*parsed);
    } else if (is_form_ && list.is_object()) {
        base::Json numbered = base::Json::array();
        for (size_t i = 0; i < list.size() && i <= most; ++i) {
            const auto entry = list.find(std::to_string(i));
            if (entry == list.end()) {
                return bad_value(name, "Invalid '" + name + "': its entries are numbered from " +
                                           name + "[0] without a gap.");
            }
            numbered.push_back(std::move(*entry));
        }
        list = std::move(numbered);
    }
    if (!list.is_array()) return wrong_type(name, "an array", list);
    if (list.empty() || list.size() > most) {
        return bad_value(
            name, "Invalid '" + name + "': expected 1 to " + std::to_string(most) + " entries.",
            list.empty() ? "array_below_min_length" : "array_above_max_length");
    }
    return std::optional<base::Json>(std::move(list));
}

http::FormPart* Fields::file_of(const base::Json& leaf) {
    return leaf.is_binary() ? nested_files_.at(leaf.get_binary().subtype()) : nullptr;
}

http::FormPart* Fields::file(const std::string& name) {
    known_.insert(name);
    const auto found = files_.find(name);
    return found == files_.end() ? nullptr : found->second;
}

std::optional<ApiError> Fields::unknown() const {
    for (const auto& [name, unused] : tree_.items()) {
        if (!known_.count(name)) return unknown_parameter(name);
    }
    for (const auto& [name, unused] : files_) {
        if (!known_.count(name)) return unknown_parameter(name);
    }
    return std::nullopt;
}

}  // namespace server
