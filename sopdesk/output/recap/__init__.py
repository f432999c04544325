"""The recap of one or many offices' SOPs as a workbook: the list, the register, the actors.

The workbook is printed and handed in, so its words are Indonesian in either interface language.
"""

from sopdesk.output.recap.writing import write_recap

__all__ = ["write_recap"]
