const form = /^[A-Za-z0-9.!#$%&'*+/=?^_`{|}~-]{1,64}@[A-Za-z0-9-]{1,63}(\.[A-Za-z0-9-]{1,63}){0,8}$/;

/**
 * Whether a text is one plain mail address and nothing else. Lists, groups, names, quotes and line breaks are refused: a mail
 * program may read other recipients out of them.
 */
export const isMailAddress = (text: string): boolean => text.length <= 254 && form.test(text);
