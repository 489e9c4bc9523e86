#include "neural/ltx/common/config_reader.h"

#include <algorithm>
#include <cmath>

namespace neural::ltx {

ConfigReader::ConfigReader(const base::Json& object, std::string where)
    : object_(object), where_(std::move(where)) {
    if (!object_.is_object()) problem("is no object");
}

const base::Json* ConfigReader::find(const std::string& key) const {
    if (!object_.is_object()) return nullptr;
    const auto found = object_.find(key);
    return found == object_.end() || found->is_null() ? nullptr : &*found;
}

int64_t ConfigReader::integer(const std::string& key, int64_t missing, int64_t low, int64_t high) {
    const double value = number(key, static_cast<double>(missing), static_cast<double>(low),
                                static_cast<double>(high));
    if (value != std::floor(value)) {
        problem(key + " is no whole number");
        return missing;
    }
    return static_cast<int64_t>(value);
}

double ConfigReader::number(const std::string& key, double missing, double low, double high) {
    const base::Json* value = find(key);
    if (!value) return missing;
    if (!value->is_number()) {
        problem(key + " is no number");
        return missing;
    }
    const double number = value->get<double>();
    if (!(number >= low && number <= high)) {
        problem(key + " is " + value->dump() + ", must lie in " + std::to_string(low) + " to " +
                std::to_string(high));
        return missing;
    }
    return number;
}

bool ConfigReader::boolean(const std::string& key, bool missing) {
    const base::Json* value = find(key);
    if (!value) return missing;
    if (!value->is_boolean()) {
        problem(key + " is neither true nor false");
        return missing;
    }
    return value->get<bool>();
}

std::string ConfigReader::choice(const std::string& key, const std::string& missing,
                                 const std::vector<std::string>& allowed) {
    const base::Json* value = find(key);
    if (!value) return missing;
    if (value->is_string() &&
        std::find(allowed.begin(), allowed.end(), value->get<std::string>()) != allowed.end()) {
        return value->get<std::string>();
    }
    std::string list;
    for (const std::string& a : allowed) list += (list.empty() ? "" : ", ") + a;
    problem(key + " must be one of " + list);
    return missing;
}

std::vector<double> ConfigReader::numbers(const std::string& key,
                                          const std::vector<double>& missing, double low,
                                          double high) {
    const base::Json* value = find(key);
    if (!value) return missing;
    if (!value->is_array() || value->size() != missing.size()) {
        problem(key + " must be a list of " + std::to_string(missing.size()) + " numbers");
        return missing;
    }
    std::vector<double> list;
    for (const base::Json& v : *value) {
        if (!v.is_number() || !(v.get<double>() >= low && v.get<double>() <= high)) {
            problem(key + " has an entry that is no number in " + std::to_string(low) + " to " +
                    std::to_string(high));
            return missing;
        }
        list.push_back(v.get<double>());
    }
    return list;
}

void ConfigReader::problem(const std::string& what) {
    problems_ += (problems_.empty() ? "" : "; ") + what;
}

base::Status ConfigReader::finish() const {
    if (problems_.empty()) return {};
    return base::failed("configuration of a model that cannot be: " + problems_, where_);
}

}  // namespace neural::ltx
