// multipart/form-data (RFC 7578), as much of it as an upload of one picture needs. For client.cc.
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace studio {

class Form {
public:
    // Names and file names are ours: printable ASCII without quotes (checked).
    void text(std::string_view name, std::string_view value);
    void file(std::string_view name, std::string_view file_name, std::string_view type,
              std::string_view bytes);

    // The body; the boundary occurs in none of the parts.
    std::string body() const;
    std::string content_type() const;

private:
    struct Part {
        std::string head;
        std::string bytes;
    };
    std::string boundary() const;
    std::vector<Part> parts_;
};

}  // namespace studio
