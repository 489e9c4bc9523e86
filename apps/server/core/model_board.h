// Which neural models can be asked for: those installed here, and what workers say they have.
#pragma once

#include <mutex>
#include <set>
#include <string>
#include <vector>

namespace server {

// Thread-safe.
class ModelBoard {
public:
    // Adds; "world-1" and odd names are passed over. A worker that is gone leaves its models
    // listed: its jobs wait for one that has them.
    void announce(const std::vector<std::string>& names);
    bool has(const std::string& name) const;
    std::vector<std::string> names() const;

private:
    mutable std::mutex lock_;
    std::set<std::string> names_;
};

}  // namespace server
