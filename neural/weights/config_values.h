// Reads a model's configuration out of JSON that nobody vouches for: every value has a type and a
// range, and all that is wrong comes in one located error.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "base/json/json.h"

namespace neural {

class ConfigValues {
public:
    // `where` stands in errors: the file, or "" where there is none. `object` outlives this reader.
    ConfigValues(const base::Json& object, std::string where);

    bool has(const std::string& key) const;  // there and not null
    // `missing` is what an absent key means; it is not checked against the range.
    int64_t integer(const std::string& key, int64_t missing, int64_t low, int64_t high);
    double number(const std::string& key, double missing, double low, double high);
    bool boolean(const std::string& key, bool missing);
    std::string text(const std::string& key, const std::string& missing);
    // At most 16 values.
    std::vector<int64_t> integers(const std::string& key, const std::vector<int64_t>& missing,
                                  int64_t low, int64_t high);
    // Exactly as many as `missing` has.
    std::vector<double> numbers(const std::string& key, const std::vector<double>& missing,
                                double low, double high);
    std::vector<bool> booleans(const std::string& key, const std::vector<bool>& missing);

    void problem(std::string what);  // something that only the caller can see
    base::Status status() const;

private:
    const base::Json& object_;
    std::string where_;
    std::vector<std::string> problems_;
};

}  // namespace neural
