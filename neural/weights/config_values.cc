#include "neural/weights/config_values.h"

namespace neural {

using base::Json;

ConfigValues::ConfigValues(const Json& object, std::string where)
    : object_(object), where_(std::move(where)) {
    if (!object.is_object()) problem("the configuration must be a JSON object");
}

bool ConfigValues::has(const std::string& key) const {
    return object_.is_object() && object_.contains(key) && !object_[key].is_null();
}

int64_t ConfigValues::integer(const std::string& key, int64_t missing, int64_t low, int64_t high) {
    if (!has(key)) return missing;
    const Json& v = object_[key];
    const bool fits = v.is_number_unsigned()  ? v.get<uint64_t>() <= INT64_MAX
                      : v.is_number_integer() ? true
                                              : false;
    if (!fits || v.get<int64_t>() < low || v.get<int64_t>() > high) {
        problem(key + " must be a whole number from " + std::to_string(low) + " to " +
                std::to_string(high));
        return missing;
    }
    return v.get<int64_t>();
}

double ConfigValues::number(const std::string& key, double missing, double low, double high) {
    if (!has(key)) return missing;
    const Json& v = object_[key];
    if (!v.is_number() || !(v.get<double>() >= low && v.get<double>() <= high)) {
        problem(key + " must be a number from " + std::to_string(low) + " to " +
                std::to_string(high));
        return missing;
    }
    return v.get<double>();
}

bool ConfigValues::boolean(const std::string& key, bool missing) {
    if (!has(key)) return missing;
    if (!object_[key].is_boolean()) {
        problem(key + " must be true or false");
        return missing;
    }
    return object_[key].get<bool>();
}

std::string ConfigValues::text(const std::string& key, const std::string& missing) {
    if (!has(key)) return missing;
    if (!object_[key].is_string()) {
        problem(key + " must be a text");
        return missing;
    }
    return object_[key].get<std::string>();
}

std::vector<int64_t> ConfigValues::integers(const std::string& key,
                                            const std::vector<int64_t>& missing, int64_t low,
                                            int64_t high) {
    if (!has(key)) return missing;
    const Json& list = object_[key];
    std::vector<int64_t> values;
    bool fits = list.is_array() && !list.empty() && list.size() <= 16;
    for (size_t i = 0; fits && i < list.size(); ++i) {
        fits = list[i].is_number_integer() && list[i].get<int64_t>() >= low &&
               list[i].get<int64_t>() <= high;
        if (fits) values.push_back(list[i].get<int64_t>());
    }
    if (!fits) {
        problem(key + " must be a list of 1 to 16 whole numbers from " + std::to_string(low) +
                " to " + std::to_string(high));
        return missing;
    }
    return values;
}

std::vector<double> ConfigValues::numbers(const std::string& key,
                                          const std::vector<double>& missing, double low,
                                          double high) {
    if (!has(key)) return missing;
    const Json& list = object_[key];
    std::vector<double> values;
    bool fits = list.is_array() && list.size() == missing.size();
    for (size_t i = 0; fits && i < list.size(); ++i) {
        fits = list[i].is_number() && list[i].get<double>() >= low && list[i].get<double>() <= high;
        if (fits) values.push_back(list[i].get<double>());
    }
    if (!fits) {
        problem(key + " must be a list of " + std::to_string(missing.size()) + " numbers from " +
                std::to_string(low) + " to " + std::to_string(high));
        return missing;
    }
    return values;
}

std::vector<bool> ConfigValues::booleans(const std::string& key, const std::vector<bool>& missing) {
    if (!has(key)) return missing;
    const Json& list = object_[key];
    std::vector<bool> values;
    bool fits = list.is_array() && list.size() <= 16;
    for (size_t i = 0; fits && i < list.size(); ++i) {
        fits = list[i].is_boolean();
        if (fits) values.push_back(list[i].get<bool>());
    }
    if (!fits) {
        problem(key + " must be a list of at most 16 of true and false");
        return missing;
    }
    return values;
}

void ConfigValues::problem(std::string what) { problems_.push_back(std::move(what)); }

base::Status ConfigValues::status() const {
    if (problems_.empty()) return {};
    std::string text = problems_.front();
    for (size_t i = 1; i < problems_.size(); ++i) text += "; " + problems_[i];
    return base::failed(text, where_);
}

}  // namespace neural
