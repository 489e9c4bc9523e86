// Reads numbers, flags and lists out of a checkpoint's own configuration, which is foreign data:
// every value has a range, and everything that is wrong is collected into one located error.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "base/core/result.h"
#include "base/json/json.h"

namespace neural::ltx {

class ConfigReader {
public:
    // `object` must outlive the reader; `where` stands in messages ("config.transformer").
    ConfigReader(const base::Json& object, std::string where);

    // A key that is absent or null takes `missing`. Beyond [low, high] is a problem.
    int64_t integer(const std::string& key, int64_t missing, int64_t low, int64_t high);
    double number(const std::string& key, double missing, double low, double high);
    bool boolean(const std::string& key, bool missing);
    // One of `allowed`.
    std::string choice(const std::string& key, const std::string& missing,
                       const std::vector<std::string>& allowed);
    // Exactly `missing.size()` numbers.
    std::vector<double> numbers(const std::string& key, const std::vector<double>& missing,
                                double low, double high);

    void problem(const std::string& what);
    base::Status finish() const;

private:
    const base::Json* find(const std::string& key) const;

    const base::Json& object_;
    std::string where_;
    std::string problems_;
};

}  // namespace neural::ltx
