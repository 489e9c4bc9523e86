#include "store/blobs/s3_text.h"

#include <charconv>
#include <ctime>

#include "base/text/text.h"

namespace store {
namespace {

// The text of the first <name> at or after *at, which moves behind it; nullopt when there is none.
std::optional<std::string_view> element(std::string_view xml, std::string_view name, size_t* at) {
    const std::string open = "<" + std::string(name) + ">";
    const std::string close = "</" + std::string(name) + ">";
    const size_t start = xml.find(open, *at);
    if (start == std::string_view::npos) return {};
    const size_t from = start + open.size();
    const size_t end = xml.find(close, from);
    if (end == std::string_view::npos) return {};
    *at = end + close.size();
    return xml.substr(from, end - from);
}

std::string child(std::string_view xml, std::string_view name) {
    size_t at = 0;
    return std::string(element(xml, name, &at).value_or(""));
}

std::string unescaped(std::string_view text) {
    struct Entity {
        std::string_view name;
        char c;
    };
    constexpr Entity kEntities[] = {
        {"&amp;", '&'}, {"&lt;", '<'},  {"&gt;", '>'},   {"&quot;", '"'}, {"&apos;", '\''},
        {"&#34;", '"'}, {"&#38;", '&'}, {"&#39;", '\''}, {"&#43;", '+'},  {"&#61;", '='}};
    std::string out;
    for (size_t i = 0; i < text.size();) {
        bool found = false;
        for (const Entity& entity : kEntities) {
            if (!text.substr(i).starts_with(entity.name)) continue;
            out += entity.c;
            i += entity.name.size();
            found = true;
            break;
        }
        if (!found) out += text[i++];
    }
    return out;
}

}  // namespace

std::optional<int64_t> parse_s3_time(const std::string& text) {
    for (const char* form : {"%Y-%m-%dT%H:%M:%S", "%a, %d %b %Y %H:%M:%S"}) {
        std::tm time{};
        if (const char* rest = strptime(text.c_str(), form, &time)) {
            int64_t ms = int64_t{timegm(&time)} * 1000;
            if (*rest == '.') {
                int fraction = 0;
                if (std::from_chars(rest + 1, text.data() + text.size(), fraction).ptr ==
                    rest + 4) {
                    ms += fraction;
                }
            }
            return ms;
        }
    }
    return {};
}

base::Result<S3List> parse_s3_list(std::string_view xml) {
    if (xml.find("<ListBucketResult") == std::string_view::npos) {
        return base::failed("this is no list of objects");
    }
    S3List list;
    size_t at = 0;
    while (const auto entry = element(xml, "Contents", &at)) {
        S3Object object;
        object.key = unescaped(child(*entry, "Key"));
        const std::string size = child(*entry, "Size");
        const auto time = parse_s3_time(child(*entry, "LastModified"));
        const bool is_number =
            std::from_chars(size.data(), size.data() + size.size(), object.bytes).ec == std::errc();
        if (object.key.empty() || !is_number || !time) {
            return base::failed("an entry without key, size or time in a list of objects");
        }
        object.modified_ms = *time;
        list.objects.push_back(std::move(object));
    }
    if (child(xml, "IsTruncated") == "true") {
        list.next = unescaped(child(xml, "NextContinuationToken"));
        if (list.next.empty())
            return base::failed("a list of objects that does not say how it goes on");
    }
    return list;
}

base::Result<S3Uploads> parse_s3_uploads(std::string_view xml) {
    if (xml.find("<ListMultipartUploadsResult") == std::string_view::npos)
        return base::failed("this is no list of uploads");
    S3Uploads list;
    size_t at = 0;
    while (const auto entry = element(xml, "Upload", &at)) {
        const auto time = parse_s3_time(child(*entry, "Initiated"));
        S3Upload upload{s3_value(*entry, "Key"), s3_value(*entry, "UploadId"), time.value_or(0)};
        if (upload.key.empty() || upload.id.empty() || !time)
            return base::failed("an entry without key, name or time in a list of uploads");
        list.uploads.push_back(std::move(upload));
    }
    if (child(xml, "IsTruncated") == "true") {
        list.next_key = s3_value(xml, "NextKeyMarker");
        list.next_id = s3_value(xml, "NextUploadIdMarker");
        if (list.next_key.empty())
            return base::failed("a list of uploads that does not say how it goes on");
    }
    return list;
}

std::string s3_value(std::string_view xml, std::string_view name) {
    return unescaped(child(xml, name));
}

std::string s3_complaint(std::string_view xml) {
    const std::string code = child(xml, "Code"), message = unescaped(child(xml, "Message"));
    if (code.empty()) return "";
    return (code + ": " + message).substr(0, 300);
}

}  // namespace store
