import fs from 'node:fs';
import path from 'node:path';

/** What a new publication begins with: file names and their texts. */
const STARTER: Readonly<Record<string, string>> = {
  'traffic.yaml': `# What this publication is made from and how it looks. Lines that begin with # are
# comments; the values in them are what holds while the line stays commented out.

site:
  title: List Traffic
  # strap: A weekly reading of my-list     # the line under the title
  # url: https://lists.example.org         # where the site will be; feeds need it
  # prefix: /                              # the path it lies under, such as /traffic/
  # language: en                           # the language of the site's pages
  # timezone: UTC                          # for dates in lists; URLs are always by UTC
  # archive: all                           # which threads get pages

# The names of lists in URLs, by List-Id. Without an entry a list has the first part of its
# List-Id for a name: my-list for my-list.lists.example.org.
# lists:
#   my-list.lists.example.org: my-list

# Accounts to pull mail from by IMAP; "traffic pull" reads what is new. An mbox, a Maildir
# or mail files need no entry: "traffic import PATH" reads them.
# A password never stands here. Name an environment variable that holds it, or a command
# that prints it.
sources: []
#  - name: work
#    type: imap
#    host: mail.example.org
#    tls: required                         # required | starttls | none (this machine only)
#    # port: 993                           # 143 unless tls is required
#    # ca: /etc/ssl/our-authority.pem      # trust this authority too
#    user: me
#    password_env: IMAP_PASSWORD           # or: password_command: pass show mail/work
#    mailboxes: [INBOX, "lists/*"]         # names; * stands for any characters
#    # list: my-list                       # the list of messages without a List-Id

privacy:
  addresses: show                          # mask hides senders' addresses, raw mail and mbox files

# max_message_bytes: 33554432              # bigger messages are counted, not stored
`,
  'about.md': `# About this site

This site is made from the mail of a public list. Every message is shown as it was sent, and
every page has an address that will not change.

Write here, in Markdown, who publishes the site and how to reach you.
`,
  '.gitignore': 'archive.db*\n_site/\n_site.*/\n',
};

/** Writes the starter's files into a folder, never over a file that is there. Gives the names of those written. */
export function writeStarter(folder: string): readonly string[] {
  return Object.entries(STARTER).flatMap(([name, text]) => {
    try {
      fs.writeFileSync(path.join(folder, name), text, { flag: 'wx' });
      return [name];
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'EEXIST') return [];
      throw error;
    }
  });
}
